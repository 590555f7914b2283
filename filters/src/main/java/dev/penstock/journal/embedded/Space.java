package dev.penstock.journal.embedded;

import dev.penstock.journal.JournalView.State;
import dev.penstock.journal.segment.Disk;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is left of the disk. The writer looks; any thread reads. */
final class Space {

    private static final int LOW_PART = 10;

    private final Path directory;
    private final Disk disk;
    private final long floor;
    private volatile long usable = Long.MAX_VALUE;
    private volatile boolean low;

    Space(Path directory, Disk disk, long floor) {
        this.directory = directory;
        this.disk = disk;
        this.floor = floor;
        look();
    }

    /** A disk that does not say counts as it did before: a write will tell. */
    void look() {
        try {
            usable = disk.usable(directory);
            low = usable < disk.total(directory) / LOW_PART;
        } catch (IOException unknown) {
            low = true;
        }
    }

    @Nullable
    Fault lack() {
        return usable >= floor
                ? null
                : new Fault(State.FULL, usable + " bytes are usable on the disk (expected: at least " + floor + ")");
    }

    long usable() {
        return usable;
    }

    boolean low() {
        return low;
    }
}
