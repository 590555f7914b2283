package dev.penstock.journal.checkpoint;

import dev.penstock.core.Json;
import dev.penstock.journal.segment.Deletion;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is missing by rule against the record that the rule writes of it. That comes behind what it tells of, and may itself be
 * missing by rule where more is missing further on: only of the last part it has to be there. Not thread-safe.
 */
final class LastDeletion implements Verification.Progress {

    private static final byte[] TYPE = Deletion.RECORD.getBytes(StandardCharsets.ISO_8859_1);

    private final Verification.Progress outer;
    private @Nullable Deletion last;
    private boolean told;

    LastDeletion(Verification.Progress outer) {
        this.outer = outer;
    }

    @Override
    public boolean at(long records, long bytes) {
        return outer.at(records, bytes);
    }

    @Override
    public void record(Stored stored, String hash) {
        told |= last != null && tells(stored, last.last());
        outer.record(stored, hash);
    }

    /** Parsed only where it may be one. */
    private static boolean tells(Stored stored, long end) {
        return stored.mentions(TYPE)
                && Json.string(stored.record(), "type").equals(Deletion.RECORD)
                && Json.integer(stored.record(), "last") == end;
    }

    @Override
    public void deleted(Deletion deletion) {
        last = deletion;
        told = false;
        outer.deleted(deletion);
    }

    /** The last part that is missing by rule, where no record says so. */
    Optional<Deletion> untold() {
        return Optional.ofNullable(last).filter(it -> !told);
    }
}
