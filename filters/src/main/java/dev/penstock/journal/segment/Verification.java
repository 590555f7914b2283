package dev.penstock.journal.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a whole journal: frames, checksums, numbers, and the chain over all segments. */
public final class Verification {

    private static final int TOLD = 100;
    private static final int PROGRESS_BYTES = 1 << 20;

    private final Progress progress;
    private final Segments segments;
    private final List<Damage> damage = new ArrayList<>();
    private long damages;
    private long records;
    private long bytes;
    private long first;
    private @Nullable Stored last;
    private String hash = "";

    private Verification(Progress progress, Segments segments) {
        this.progress = progress;
        this.segments = segments;
    }

    /** On the caller's thread; throws {@link UncheckedIOException} when the disk does not read. */
    public static Result of(Segments segments, Progress progress) {
        return new Verification(progress, segments).run();
    }

    private Result run() {
        try (SegmentReader reader = segments.read(Place.START, this::tell)) {
            Optional<Stored> stored = reader.next();
            boolean wanted = true;
            long toldAt = 0;
            while (wanted && stored.isPresent()) {
                check(stored.get());
                if (bytes - toldAt >= PROGRESS_BYTES) {
                    toldAt = bytes;
                    wanted = progress.at(records, bytes);
                }
                stored = reader.next();
            }
            long seq = last == null ? 0 : last.seq();
            return new Result(records, first, seq, hash, reader.tornBytes(), List.copyOf(damage), damages);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void check(Stored stored) {
        Stored before = last;
        if (before == null) {
            first = stored.seq();
            begins(stored);
        } else if (!stored.chain().equals(before.chain())) {
            tell(stored, "record of chain '" + stored.chain() + "' (expected: '" + before.chain() + "')");
        } else {
            follows(before.seq(), hash, stored);
        }
        last = stored;
        hash = stored.hash();
        progress.record(stored, hash);
        records++;
        bytes += stored.payload().length;
    }

    /** What is before the first record was deleted by rule, or there is nothing. */
    private void begins(Stored stored) {
        if (!follows(0, Chain.begin(stored.chain()).hash(), stored)) {
            Place place = stored.place();
            String what = "trail begins with record " + stored.seq() + ": records 1 to " + (stored.seq() - 1)
                    + " are missing";
            tell(new Damage(Segments.name(place.segment()), place.offset(), 1, what));
        }
    }

    /** False when records between the two are missing that were not deleted by rule. */
    private boolean follows(long before, String hashBefore, Stored stored) {
        String expected = hashBefore;
        if (stored.seq() > before + 1) {
            List<Deletion> gone = segments.deletions().between(before + 1, stored.seq());
            if (gone.isEmpty()) {
                return false;
            }
            gone.forEach(progress::deleted);
            expected = gone.get(gone.size() - 1).hash();
        }
        if (stored.seq() > before && !stored.prev().equals(expected)) {
            tell(
                    stored,
                    "record " + (stored.seq() - 1) + " or this one was changed: it follows hash " + stored.prev()
                            + " (expected: " + expected + ")");
        }
        return true;
    }

    private void tell(Stored stored, String what) {
        Place place = stored.place();
        tell(new Damage(Segments.name(place.segment()), place.offset(), stored.seq(), what));
    }

    private void tell(Damage found) {
        damages++;
        if (damage.size() < TOLD) {
            damage.add(found);
        }
    }

    /** Is told about every MiB, and may look at each record. */
    @FunctionalInterface
    public interface Progress {

        /** {@code records} and {@code bytes} so far; false to stop here. */
        boolean at(long records, long bytes);

        /** The next record that is whole, and its hash in hex. */
        default void record(Stored stored, String hash) {}

        /** Records that were deleted by rule come next. */
        default void deleted(Deletion deletion) {}
    }

    /**
     * What was found.
     *
     * @param first number of the first record; larger than 1 when older segments are gone; 0 when there is none
     * @param last number of the last record
     * @param hash of the last record, in hex; empty when there is none
     * @param tornBytes at the end, of a batch that was never finished: no damage
     * @param damage the first hundred
     * @param damages all
     */
    public record Result(
            long records, long first, long last, String hash, long tornBytes, List<Damage> damage, long damages) {

        /** Nothing that was durable has changed. */
        public boolean sound() {
            return damages == 0;
        }
    }
}
