package dev.penstock.audit.trail;

import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps the file of checkpoints small: of those older than a week, one in ten minutes stays. The last one always stays: of an idle
 * instance it is the only one that covers the last records. A note that was taken away still proves as long as its records are there.
 */
record Thinning(CheckpointFile file) {

    private static final Duration YOUNG = Duration.ofDays(7);
    private static final Duration APART = Duration.ofMinutes(10);

    void run(Instant now) throws IOException {
        List<Note> all = file.all();
        if (!all.stream().allMatch(keeping(all, now))) {
            file.retain(keeping(all, now));
        }
    }

    private static Predicate<Note> keeping(List<Note> all, Instant now) {
        Spacing spacing = new Spacing(now.minus(YOUNG));
        return note -> spacing.keeps(note) || note.equals(all.get(all.size() - 1));
    }

    /** Asked for one after the other. */
    private static final class Spacing {

        private final Instant young;
        private Instant last = Instant.MIN;

        private Spacing(Instant young) {
            this.young = young;
        }

        private boolean keeps(Note note) {
            Optional<Instant> time = note.checkpoint().flatMap(Checkpoint::time);
            if (time.isEmpty() || !time.get().isBefore(young)) {
                return true;
            }
            if (last != Instant.MIN && time.get().isBefore(last.plus(APART))) {
                return false;
            }
            last = time.get();
            return true;
        }
    }
}
