package dev.penstock.journal.checkpoint;

import dev.penstock.journal.segment.Damage;
import dev.penstock.journal.segment.Deletion;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import dev.penstock.journal.segment.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a whole journal, and holds it against what was signed of it. */
public final class TrailVerification {

    private TrailVerification() {}

    /**
     * What was found.
     *
     * @param journal frames, numbers and chain
     * @param damage all that is wrong with the records: the journal's first hundred, and what the checkpoints say
     * @param forged lines on checkpoints that their key has not signed
     * @param matching checkpoints that this journal fits
     * @param passed checkpoints among records that were deleted by rule: nothing to compare them with is left
     * @param foreign checkpoints of other journals
     * @param confirmed the newest that matches: up to there nothing was changed, dropped or added
     * @param wanting there were checkpoints to compare with, and none is of this journal
     * @param complete it was read to its end
     */
    public record Found(
            Verification.Result journal,
            List<Damage> damage,
            List<String> forged,
            int matching,
            int passed,
            int foreign,
            Optional<Checkpoint> confirmed,
            boolean wanting,
            boolean complete) {

        public boolean sound() {
            return journal.sound() && damage.isEmpty() && forged.isEmpty() && !wanting;
        }
    }

    /** On the caller's thread; throws {@link UncheckedIOException} when the disk does not read. */
    public static Found of(Segments segments, List<Evidence> evidence, Verification.Progress progress) {
        String origin = Checkpoint.origin(chain(segments));
        List<Checkpoint> checkpoints = new ArrayList<>();
        List<String> forged = new ArrayList<>();
        int foreign = 0;
        boolean wanting = false;
        for (Evidence one : evidence) {
            Evidence.Statements said = one.of(origin);
            checkpoints.addAll(said.checkpoints());
            forged.addAll(said.forged());
            foreign += said.foreign();
            wanting |= said.checkpoints().isEmpty();
        }
        boolean[] complete = {true};
        Comparison comparison = new Comparison(checkpoints, new Stopping(progress, complete));
        Verification.Result journal = Verification.of(segments, comparison);
        List<Damage> damage = new ArrayList<>(journal.damage());
        damage.addAll(complete[0] ? comparison.end() : comparison.differing());
        return new Found(
                journal,
                List.copyOf(damage),
                List.copyOf(forged),
                comparison.matching(),
                comparison.passed(),
                foreign,
                comparison.confirmed(),
                wanting,
                complete[0]);
    }

    private static String chain(Segments segments) {
        try (SegmentReader reader = segments.read(Place.START, ignored -> {})) {
            return reader.next().map(Stored::chain).orElse("");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Notes that somebody had enough. */
    private record Stopping(Verification.Progress outer, boolean[] complete) implements Verification.Progress {

        @Override
        public boolean at(long records, long bytes) {
            complete[0] = outer.at(records, bytes);
            return complete[0];
        }

        @Override
        public void record(Stored stored, String hash) {
            outer.record(stored, hash);
        }

        @Override
        public void deleted(Deletion deletion) {
            outer.deleted(deletion);
        }
    }
}
