package dev.penstock.provider.openai;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The chunk before, if it held one text and nothing else that matters. Most chunks of a stream are the same but for that text; where the rest is the same
 * and the text has no character that JSON would write otherwise, nothing has to be parsed again.
 */
final class LastChunk {

    /** Some services have something new in every chunk, such as padding: for them nothing is remembered any more. */
    private static final int OFTEN = 8;

    private byte @Nullable [] data;

    /** Where its text begins. */
    private int from;

    /** How many bytes come behind its text. */
    private int behind;

    private int inVain;

    boolean wanted() {
        return inVain < OFTEN;
    }

    /** The length of the text in {@code next}, if that is all in which it differs; else less than 0. */
    int text(byte[] next) {
        byte[] last = data;
        if (last == null) {
            return -1;
        }
        int end = next.length - behind;
        boolean same = end >= from
                && Arrays.equals(last, 0, from, next, 0, from)
                && Arrays.equals(last, last.length - behind, last.length, next, end, next.length)
                && isPlain(next, from, end);
        if (!same) {
            return -1;
        }
        inVain = 0;
        return end - from;
    }

    /**
     * Remembers a chunk.
     *
     * @param quote where the quote before its text is, as the parser counts
     * @param length of the text
     */
    void learn(byte[] chunk, long quote, int length) {
        inVain++;
        int start = (int) quote + 1;
        int end = start + length;
        boolean plain = quote > 0
                && end < chunk.length
                && chunk[0] == '{'
                && chunk[start - 1] == '"'
                && chunk[end] == '"'
                && isPlain(chunk, start, end);
        data = plain ? chunk : null;
        from = start;
        behind = chunk.length - end;
    }

    void forget() {
        data = null;
    }

    /** Printable ASCII that stands in JSON as it is. */
    private static boolean isPlain(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte it = bytes[at];
            if (it < ' ' || it == '"' || it == '\\') {
                return false;
            }
        }
        return true;
    }
}
