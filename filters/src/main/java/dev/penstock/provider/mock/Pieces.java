package dev.penstock.provider.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Cuts text into what the mock calls tokens: a word's space and at most 6 bytes of it, about 4 bytes on average. */
final class Pieces {

    private static final int MOST_BYTES = 6;

    private Pieces() {}

    /** The pieces, joined, are the text. No piece splits a character. */
    static List<String> of(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = end(text, from);
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }

    /** About 4 bytes a token. */
    static long count(String text) {
        return (text.getBytes(UTF_8).length + 3) / 4;
    }

    private static int end(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int bytes = 0;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            int point = text.codePointAt(at);
            bytes += width(point);
            if (bytes > MOST_BYTES && at > from) {
                return at;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    private static int width(int point) {
        if (point < 0x80) {
            return 1;
        }
        if (point < 0x800) {
            return 2;
        }
        return point < 0x10000 ? 3 : 4;
    }
}
