package dev.penstock.audit.content;

import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds the texts beside a trail against the hashes in its records, while that is read. Needs no key. Not thread-safe. */
public final class ContentCheck implements Verification.Progress {

    private static final int TOLD = 100;
    private static final byte[] MARK = "\"content\":{\"file\":".getBytes(StandardCharsets.ISO_8859_1);

    private final ContentReader reader;
    private final Verification.Progress outer;
    private final List<String> altered = new ArrayList<>();
    private long whole;
    private long deleted;

    public ContentCheck(Path data, Verification.Progress outer) {
        this.reader = ContentReader.of(data, Optional.empty());
        this.outer = outer;
    }

    @Override
    public boolean at(long records, long bytes) {
        return outer.at(records, bytes);
    }

    @Override
    public void record(Stored stored, String hash) {
        if (stored.mentions(MARK)) {
            reader.of(stored.record()).ifPresent(content -> count(content.state(), stored.seq()));
        }
        outer.record(stored, hash);
    }

    private void count(ContentReader.State state, long seq) {
        switch (state) {
            case ALTERED -> {
                if (altered.size() < TOLD) {
                    altered.add("text of record " + seq + " is not the one whose hash the record holds");
                }
            }
            case DELETED -> deleted++;
            default -> whole++;
        }
    }

    /** The first hundred. */
    public List<String> altered() {
        return List.copyOf(altered);
    }

    /** Texts that are there and as their records say. */
    public long whole() {
        return whole;
    }

    /** Texts whose files are gone. */
    public long deleted() {
        return deleted;
    }
}
