package dev.penstock.records.index;

import java.util.Arrays;

/** What is kept of one record; used again for the next. Not thread-safe. */
final class Row {

    private final long[] numbers = new long[Column.values().length];
    private long[] texts = new long[16];
    private int textsEnd;

    /** That of a record without words. */
    void clear() {
        Arrays.fill(numbers, 0);
        numbers[Column.TIME.ordinal()] = Words.millis(null);
        textsEnd = 0;
    }

    void set(Column column, long number) {
        numbers[column.ordinal()] = number;
    }

    long of(Column column) {
        return numbers[column.ordinal()];
    }

    /** The hash of a single text. */
    void add(long text) {
        if (textsEnd == texts.length) {
            texts = Arrays.copyOf(texts, textsEnd * 2);
        }
        texts[textsEnd++] = text;
    }

    int texts() {
        return textsEnd;
    }

    long text(int number) {
        return texts[number];
    }
}
