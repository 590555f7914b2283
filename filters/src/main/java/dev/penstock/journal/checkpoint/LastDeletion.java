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
 * missing by rule where more is missing further on: only of the last part it has to be there. Behind what checkpoints confirm anybody
 * may have put it. Not thread-safe.
 */
final class LastDeletion implements Verification.Progress {

    private static final byte[] TYPE = Deletion.RECORD.getBytes(StandardCharsets.ISO_8859_1);

    private final Verification.Progress outer;
    private @Nullable Deletion last;

    /** The number of the first record that tells of it; 0 without one. */
    private long told;

    LastDeletion(Verification.Progress outer) {
        this.outer = outer;
    }

    @Override
    public boolean at(long records, long bytes) {
        return outer.at(records, bytes);
    }

    @Override
    public void record(Stored stored, String hash) {
        told = told == 0 && last != null && tells(stored, last.last()) ? stored.seq() : told;
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
        told = 0;
        outer.deleted(deletion);
    }

    /** The last part that is missing by rule, where no record says so that the newest checkpoint that matches, if any does, confirms. */
    Optional<Deletion> untold(Optional<Checkpoint> confirmed) {
        long end = confirmed.map(Checkpoint::size).orElse(Long.MAX_VALUE);
        return Optional.ofNullable(last).filter(it -> told == 0 || told > end);
    }
}
