package dev.penstock.prompt.kind;

import dev.penstock.core.Counting;

/** Shortens a text, between words where it can, and says so with an ellipsis; with a full stop where that is too long. */
final class Ellipsis {

    private Ellipsis() {}

    /** {@code limit} is at least 1, counted in the given way. */
    static String cut(String text, int limit, Counting counting) {
        if (counting.length(text) <= limit) {
            return text;
        }
        String mark = counting.length("…") <= limit ? "…" : ".";
        int end = longest(text, mark, limit, counting);
        int space = text.lastIndexOf(' ', end);
        String between = text.substring(0, space > end / 2 ? space : end).stripTrailing() + mark;
        return counting.length(between) <= limit ? between : text.substring(0, end) + mark;
    }

    /** The end of the longest beginning that fits with the mark; found by halving, since longer texts are seldom shorter. */
    private static int longest(String text, String mark, int limit, Counting counting) {
        int fits = 0;
        int tooLong = text.codePointCount(0, text.length());
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) / 2;
            String tried = text.substring(0, text.offsetByCodePoints(0, middle)) + mark;
            if (counting.length(tried) <= limit) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return text.offsetByCodePoints(0, fits);
    }
}
