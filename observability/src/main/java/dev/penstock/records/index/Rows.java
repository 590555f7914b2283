package dev.penstock.records.index;

import dev.penstock.core.Json;
import dev.penstock.journal.segment.Stored;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The columns of a segment in memory, a row for each record; grows. Not thread-safe. */
final class Rows implements Values {

    private static final int FIRST = 1024;

    private final long first;
    private long[][] columns = new long[Column.values().length][FIRST];
    private long[] texts = new long[FIRST];
    private int textsEnd;
    private int size;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    /** {@code first} names the segment. */
    Rows(long first) {
        this.first = first;
    }

    void add(Stored stored) {
        if (size == columns[0].length) {
            for (int i = 0; i < columns.length; i++) {
                columns[i] = Arrays.copyOf(columns[i], size * 2);
            }
        }
        JsonNode record = record(stored);
        for (Column column : Column.values()) {
            columns[column.ordinal()][size] = column.of(record);
        }
        columns[Column.OFFSET.ordinal()][size] = stored.place().offset();
        columns[Column.SEQ.ordinal()][size] = stored.seq();
        long time = columns[Column.TIME.ordinal()][size];
        earliest = Math.min(earliest, time);
        latest = Math.max(latest, time);
        add(record.path("sent").path("texts"));
        add(record.path("answer").path("texts"));
        size++;
    }

    private void add(JsonNode hashes) {
        for (JsonNode hash : hashes) {
            if (textsEnd == texts.length) {
                texts = Arrays.copyOf(texts, textsEnd * 2);
            }
            texts[textsEnd++] = Words.hash(hash.asString(""));
            texts[textsEnd++] = size;
        }
    }

    /** What is no JSON has no words: it stays in the segment, and verification tells of it. */
    private static JsonNode record(Stored stored) {
        try {
            return stored.record();
        } catch (JacksonException | ClassCastException damaged) {
            return Json.object();
        }
    }

    long first() {
        return first;
    }

    int size() {
        return size;
    }

    /** Milliseconds; of the earliest record. */
    long earliest() {
        return earliest;
    }

    long latest() {
        return latest;
    }

    @Override
    public long[] of(Column column) {
        return columns[column.ordinal()];
    }

    @Override
    public long[] texts() {
        return Arrays.copyOf(texts, textsEnd);
    }
}
