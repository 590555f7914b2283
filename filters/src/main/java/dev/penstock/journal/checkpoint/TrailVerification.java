package dev.penstock.journal.checkpoint;

import static java.util.Comparator.comparingLong;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a whole journal, and holds it against what was signed of it. */
public final class TrailVerification {

    private TrailVerification() {}

    /**
     * What was found.
     *
     * @param origin whose trail it is, as it says itself: a key of another instance proves that one's
     * @param journal frames, numbers and chain
     * @param damage all that is wrong with the records: the journal's first hundred, and what the checkpoints say
     * @param forged lines on checkpoints that their key has not signed
     * @param matching checkpoints that this journal fits
     * @param passed checkpoints among records that were deleted by rule: nothing to compare them with is left
     * @param foreign checkpoints of other journals
     * @param confirmed the newest that matches: up to there nothing was changed, dropped or added
     * @param wanting why what was to be compared with proves nothing: a line for each part of it that has no checkpoint of this journal, or
     *     whose newest one could not be compared, or is torn, or whose key is another journal's; or where the reading was ended, behind which may lie anything
     * @param untold what is missing by rule at last, where the trail has no record of it, or one behind {@code confirmed}: somebody else may
     *     have removed it in the rule's form
     * @param complete it was read to its end
     */
    public record Found(
            String origin,
            Verification.Result journal,
            List<Damage> damage,
            List<String> forged,
            int matching,
            int passed,
            int foreign,
            Optional<Checkpoint> confirmed,
            List<String> wanting,
            Optional<Deletion> untold,
            boolean complete) {

        public boolean sound() {
            return intact() && wanting.isEmpty();
        }

        /** Nothing is wrong with what could be looked at. */
        public boolean intact() {
            return journal.sound() && damage.isEmpty() && forged.isEmpty();
        }
    }

    /** On the caller's thread; throws {@link UncheckedIOException} when the disk does not read. */
    public static Found of(Segments segments, List<Evidence> evidence, Verification.Progress progress) {
        boolean[] complete = {true};
        String origin = Checkpoint.origin(chain(segments));
        Said said = said(origin, evidence);
        LastDeletion deletion = new LastDeletion(new Stopping(progress, complete));
        Comparison comparison = new Comparison(said.checkpoints(), deletion);
        Verification.Result journal = Verification.of(segments, comparison);
        List<Damage> damage = new ArrayList<>(journal.damage());
        damage.addAll(complete[0] ? comparison.end() : comparison.differing());
        return new Found(
                origin,
                journal,
                List.copyOf(damage),
                said.forged(),
                comparison.matching(),
                comparison.passed().size(),
                said.foreign(),
                comparison.confirmed(),
                complete[0] ? wanting(origin, evidence, said, comparison) : List.of(ended(journal)),
                complete[0] ? deletion.untold(comparison.confirmed()) : Optional.empty(),
                complete[0]);
    }

    private static String ended(Verification.Result journal) {
        return "the time was over at record " + journal.last() + " (expected: read to the end of the trail)";
    }

    /**
     * Holds a trail of which there are only stretches of hashes against what was signed of it.
     *
     * @param stretches gives them, in order
     */
    public static Compared compare(String origin, List<Evidence> evidence, Consumer<Grower> stretches) {
        Said said = said(origin, evidence);
        Comparison comparison = new Comparison(said.checkpoints(), (records, bytes) -> true);
        stretches.accept(comparison::stretch);
        return new Compared(
                comparison.end(),
                said.forged(),
                comparison.matching(),
                comparison.confirmed().map(Checkpoint::size).orElse(0L),
                wanting(origin, evidence, said, comparison));
    }

    private static List<String> wanting(String origin, List<Evidence> evidence, Said said, Comparison comparison) {
        List<String> wanting = said.wanting(comparison);
        long confirmed = comparison.confirmed().map(Checkpoint::size).orElse(0L);
        evidence.forEach(one -> one.unconfirmed(origin, confirmed).ifPresent(wanting::add));
        return wanting;
    }

    /** What {@link #compare} found, as in {@link Found}; nothing behind {@code confirmed} is proven. */
    public record Compared(
            List<Damage> damage, List<String> forged, int matching, long confirmed, List<String> wanting) {}

    /** Takes the stretches of a trail. */
    @FunctionalInterface
    public interface Grower {

        /** The next. */
        void grow(Deletion.Stretch stretch);
    }

    private record Said(
            List<Checkpoint> checkpoints,
            List<String> forged,
            int foreign,
            List<String> strange,
            Map<String, Optional<Checkpoint>> newest) {

        /** A root holds all that was before it: who confirms the newest confirms all, and who confirms less leaves room for changes. */
        List<String> wanting(Comparison comparison) {
            List<String> wanting = new ArrayList<>(strange);
            newest.forEach((source, checkpoint) -> {
                if (checkpoint.isEmpty()) {
                    wanting.add(source + ": no checkpoint is of this trail");
                } else if (comparison.passed().contains(checkpoint.get())) {
                    wanting.add(source + ": the newest, the " + checkpoint.get()
                            + ", lies within records of which only hashes are left, and could not be compared");
                }
            });
            return wanting;
        }
    }

    private static Said said(String origin, List<Evidence> evidence) {
        List<Checkpoint> checkpoints = new ArrayList<>();
        List<String> forged = new ArrayList<>();
        int foreign = 0;
        List<String> strange = new ArrayList<>();
        Map<String, Optional<Checkpoint>> newest = new LinkedHashMap<>();
        for (Evidence one : evidence) {
            Optional<String> otherKey = one.keyOfAnother(origin);
            if (otherKey.isPresent()) {
                strange.add(otherKey.get());
                continue;
            }
            Evidence.Statements statements = one.of(origin);
            checkpoints.addAll(statements.checkpoints());
            forged.addAll(statements.forged());
            foreign += statements.foreign();
            newest.put(one.source(), statements.checkpoints().stream().max(comparingLong(Checkpoint::size)));
        }
        return new Said(checkpoints, List.copyOf(forged), foreign, strange, newest);
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
