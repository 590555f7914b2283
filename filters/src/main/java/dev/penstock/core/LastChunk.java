package dev.penstock.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The chunk before, if it held one text and nothing else that matters. Most chunks of a stream are the same but for that text; where the rest is the same
 * and the text has no character that JSON would write otherwise, nothing has to be parsed again. One stream, one thread at a time.
 */
public final class LastChunk {

    /** Some services have something new in every chunk, such as padding: for them nothing is remembered any more. */
    private static final int OFTEN = 8;

    private byte @Nullable [] data;

    /** Where its text begins. */
    private int from;

    /** How many bytes come behind its text. */
    private int behind;

    private int inVain;

    /** Whether it is worth while to remember another one. */
    public boolean wanted() {
        return inVain < OFTEN;
    }

    /** The length of the text in {@code next}, if that is all in which it differs; else less than 0. */
    public int text(byte[] next) {
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

    /** The text of that length in it. */
    public String text(byte[] next, int length) {
        return new String(next, from, length, StandardCharsets.US_ASCII);
    }

    /**
     * Remembers a chunk.
     *
     * @param quote where the quote before its text is, as the parser counts
     * @param length of the text
     */
    public void learn(byte[] chunk, long quote, int length) {
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

    /**
     * The same for one of whose text it is known only how it reads: it must stand there once, and nothing be written otherwise than it
     * reads: escapes, and bytes that are no ASCII, which may be another way to write it.
     */
    public void learn(byte[] chunk, String text) {
        byte[] quoted = ('"' + text + '"').getBytes(StandardCharsets.UTF_8);
        int at = find(quoted, chunk, 0);
        boolean sure = at > 0 && find(quoted, chunk, at + 1) < 0 && isVerbatim(chunk);
        learn(chunk, sure ? at : -1, text.length());
    }

    private static int find(byte[] what, byte[] in, int from) {
        for (int at = from; at <= in.length - what.length; at++) {
            if (in[at] == what[0] && Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isVerbatim(byte[] chunk) {
        for (byte one : chunk) {
            if (one < ' ' || one == '\\') {
                return false;
            }
        }
        return true;
    }

    public void forget() {
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
