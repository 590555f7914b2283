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
    private final List<Damage> damage = new ArrayList<>();
    private long damages;
    private long records;
    private long bytes;
    private long first;
    private @Nullable Stored last;
    private String hash = "";

    private Verification(Progress progress) {
        this.progress = progress;
    }

    /** On the caller's thread; throws {@link UncheckedIOException} when the disk does not read. */
    public static Result of(Segments segments, Progress progress) {
        return new Verification(progress).run(segments);
    }

    private Result run(Segments segments) {
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
            if (first == 1 && !stored.prev().equals(Chain.begin(stored.chain()).hash())) {
                tell(stored, "first record follows hash " + stored.prev() + " (expected: zeros)");
            }
        } else if (!stored.chain().equals(before.chain())) {
            tell(stored, "record of chain '" + stored.chain() + "' (expected: '" + before.chain() + "')");
        } else if (stored.seq() == before.seq() + 1 && !stored.prev().equals(hash)) {
            tell(stored, "record follows hash " + stored.prev() + " (expected: " + hash + ")");
        }
        last = stored;
        hash = stored.hash();
        records++;
        bytes += stored.payload().length;
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

    /** Is told about every MiB. */
    public interface Progress {

        /** {@code records} and {@code bytes} so far; false to stop here. */
        boolean at(long records, long bytes);
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
