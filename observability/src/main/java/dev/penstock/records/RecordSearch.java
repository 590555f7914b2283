package dev.penstock.records;

import dev.penstock.core.Json;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.SegmentReader;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Looks for records. Reads the disk on the caller's thread. */
public final class RecordSearch {

    /** Records that one look reads at most, about a second's worth. */
    private static final int MOST_READ = 200_000;

    private final Segments segments;

    public RecordSearch(Segments segments) {
        this.segments = segments;
    }

    /**
     * Some of the records, in their order.
     *
     * @param cursor where the next look begins; null when there is nothing behind
     */
    public record Page(List<ObjectNode> records, @Nullable String cursor) {}

    /**
     * At most {@code limit} records from the cursor on; an empty cursor begins with the first segment that may hold some.
     *
     * @throws IllegalArgumentException when the cursor is none of ours
     */
    public Page find(RecordQuery query, String cursor, int limit) {
        List<ObjectNode> found = new ArrayList<>();
        Place begin = cursor.isEmpty() ? begin(query.from()) : place(cursor);
        try (SegmentReader reader = segments.read(begin, damage -> {})) {
            for (int read = 0; read < MOST_READ; read++) {
                Optional<Stored> stored = reader.next();
                if (stored.isEmpty()) {
                    return new Page(found, null);
                }
                ObjectNode record = stored.get().record();
                if (query.takes(record)) {
                    found.add(record);
                }
                if (found.size() == limit) {
                    return new Page(found, cursor(stored.get().next()));
                }
            }
            return new Page(found, cursor(reader.place()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Every record of a call, by the call's own id, an intent's, or a request id; empty when there is none. */
    public List<ObjectNode> call(String id) {
        byte[] needle = id.getBytes(StandardCharsets.UTF_8);
        List<ObjectNode> found = new ArrayList<>();
        try (SegmentReader reader = segments.read(Place.START, damage -> {})) {
            for (Optional<Stored> stored = reader.next(); stored.isPresent(); stored = reader.next()) {
                if (holds(stored.get().payload(), needle)) {
                    ObjectNode record = stored.get().record();
                    if (isOf(record, id)) {
                        found.add(record);
                    }
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    static boolean isOf(JsonNode record, String id) {
        return Json.string(record, "call").equals(id)
                || Json.string(record, "request_id").equals(id)
                || Json.string(record, "intent").equals(id);
    }

    private static boolean holds(byte[] text, byte[] needle) {
        for (int at = 0; at <= text.length - needle.length; at++) {
            int i = 0;
            while (i < needle.length && text[at + i] == needle[i]) {
                i++;
            }
            if (i == needle.length) {
                return true;
            }
        }
        return false;
    }

    /** The last segment whose first record is not after {@code from}. */
    private Place begin(Instant from) {
        Place begin = Place.START;
        for (long first : segments.firsts()) {
            Place place = new Place(first, 0);
            if (firstTime(place).filter(time -> time.isAfter(from)).isPresent()) {
                return begin;
            }
            begin = place;
        }
        return begin;
    }

    private Optional<Instant> firstTime(Place place) {
        try (SegmentReader reader = segments.read(place, damage -> {})) {
            return reader.next().map(stored -> Instant.parse(Json.string(stored.record(), "time")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String cursor(Place place) {
        return place.segment() + "-" + place.offset();
    }

    static Place place(String cursor) {
        if (!cursor.matches("\\d{1,18}-\\d{1,18}")) {
            throw new IllegalArgumentException("'cursor' is none of ours (expected: one that an answer gave)");
        }
        int dash = cursor.indexOf('-');
        return new Place(Long.parseLong(cursor.substring(0, dash)), Long.parseLong(cursor.substring(dash + 1)));
    }
}
