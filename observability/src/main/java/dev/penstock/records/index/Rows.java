package dev.penstock.records.index;

import dev.penstock.journal.segment.Stored;
import java.util.Arrays;

/** The columns of a segment in memory, a row for each record; grows. Not thread-safe. */
final class Rows implements Values {

    private static final int FIRST = 1024;

    private static final Column[] COLUMNS = Column.values();

    private final PlainReading plain = new PlainReading();
    private final Row row = new Row();
    private final long first;
    private final long[][] columns = new long[COLUMNS.length][FIRST];
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
        if (!plain.read(stored.payload(), row)) {
            TreeReading.read(stored.payload(), row);
        }
        row.set(Column.OFFSET, stored.place().offset());
        row.set(Column.SEQ, stored.seq());
        for (Column column : COLUMNS) {
            columns[column.ordinal()][size] = row.of(column);
        }
        long time = row.of(Column.TIME);
        earliest = Math.min(earliest, time);
        latest = Math.max(latest, time);
        addTexts();
        size++;
    }

    private void addTexts() {
        int wanted = textsEnd + 2 * row.texts();
        if (wanted > texts.length) {
            texts = Arrays.copyOf(texts, Math.max(wanted, textsEnd * 2));
        }
        for (int i = 0; i < row.texts(); i++) {
            texts[textsEnd++] = row.text(i);
            texts[textsEnd++] = size;
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
