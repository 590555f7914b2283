package dev.penstock.ship;

import dev.penstock.core.Json;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The records from a place on, some at a time; keeps those that were given until they are done with. Not thread-safe. */
final class Feed implements Closeable {

    /** What waits in memory at most, but for one record that is larger. */
    private static final int MOST_WAITING = 2_000;

    private static final int MOST_BYTES = 1 << 20;

    private final Segments segments;
    private final Deque<Stored> waiting = new ArrayDeque<>();
    private @Nullable SegmentReader reader;
    private final List<Gap> gaps = new ArrayList<>();
    private Cursor cursor;
    private long missed;

    /** Records that were gone when their turn came: deleted by rule before this shipper was required, or damaged. */
    record Gap(long first, long last) {}

    Feed(Segments segments, Cursor cursor) {
        this.segments = segments;
        this.cursor = cursor;
    }

    /** At most so many records, the next that are wanted; empty at the journal's end. */
    Optional<Batch> next(Predicate<Stored> wanted, int most) {
        fill();
        List<Stored> records = new ArrayList<>();
        int looked = 0;
        int bytes = 0;
        for (Stored stored : waiting) {
            if (wanted.test(stored)) {
                bytes += stored.payload().length;
                if (!records.isEmpty() && (bytes > MOST_BYTES || records.size() >= most)) {
                    break;
                }
                records.add(stored);
            }
            looked++;
        }
        return looked == 0 ? Optional.empty() : Optional.of(new Batch(records, looked));
    }

    /** The sink has what {@link #next} gave. */
    void done(Batch batch) {
        for (int i = 0; i < batch.looked(); i++) {
            arrive(waiting.remove());
        }
    }

    /** Where a new shipper begins, nothing is missing before. */
    private void arrive(Stored stored) {
        long next = cursor.seq() + 1;
        if (cursor.seq() > 0 && stored.seq() > next) {
            gaps.add(new Gap(next, stored.seq() - 1));
            missed += stored.seq() - next;
        }
        cursor = Cursor.after(stored);
    }

    private void fill() {
        if (!waiting.isEmpty()) {
            return;
        }
        SegmentReader from = open();
        int bytes = 0;
        while (waiting.size() < MOST_WAITING && bytes < MOST_BYTES) {
            Optional<Stored> stored = from.next();
            if (stored.isEmpty()) {
                return;
            }
            waiting.add(stored.get());
            bytes += stored.get().payload().length;
        }
    }

    /** Damage is told by the journal itself; what it cost is counted here. */
    private SegmentReader open() {
        SegmentReader open = reader;
        if (open == null) {
            open = segments.read(cursor.next(), damage -> {});
            if (cursor.seq() > 0) {
                open.expecting(cursor.seq() + 1);
            }
            reader = open;
        }
        return open;
    }

    Cursor cursor() {
        return cursor;
    }

    long missed() {
        return missed;
    }

    /** Those that were come over since this was asked last. */
    List<Gap> gaps() {
        List<Gap> since = List.copyOf(gaps);
        gaps.clear();
        return since;
    }

    /** When the oldest was written that the sink does not have, as far as it is known; empty when it has all. */
    Optional<Instant> oldest() {
        Stored first = waiting.peek();
        return first == null ? Optional.empty() : time(first);
    }

    private static Optional<Instant> time(Stored stored) {
        try {
            return Optional.of(Instant.parse(Json.string(stored.record(), "time")));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    /** Reads from its place again, after a failure. */
    @Override
    public void close() throws IOException {
        waiting.clear();
        SegmentReader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }
}
