package dev.penstock.prompt.kind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A version's text with its partials in place.
 *
 * @param bytes those of all files that it is made of, in their order
 */
record Source(List<Line> lines, byte[] bytes) {

    /** The bytes, and more behind them. */
    byte[] with(byte[] more) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, all, bytes.length, more.length);
        return all;
    }

    /** {@code number} counts from 1. */
    record Line(String file, int number, String text) {}

    static List<Line> lines(String file, String text) {
        List<Line> lines = new ArrayList<>();
        text.lines().forEach(line -> lines.add(new Line(file, lines.size() + 1, line)));
        return lines;
    }
}
