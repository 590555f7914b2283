package dev.penstock.guard.detect;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A text as it reads: compatible forms made one (NFKC), characters that are not seen left out (category Cf), one space for any white
 * space, lower case; and the way back to where each character came from.
 */
final class Plain {

    /** No word has as many marks on one character, and sorting them is what costs (UAX 15's stream-safe form has 30). */
    private static final int LONGEST_CLUSTER = 32;

    private final StringBuilder text;
    private int[] origins;

    private Plain(int length) {
        text = new StringBuilder(length + 16);
        origins = new int[length + 16];
    }

    static Plain of(String original) {
        Plain plain = new Plain(original.length());
        int at = 0;
        while (at < original.length()) {
            if (isAlone(original, at)) {
                plain.add(Chars.lower(original.charAt(at)), at);
                at++;
                continue;
            }
            int end = cluster(original, at);
            plain.add(original.substring(at, end), at);
            at = end;
        }
        return plain;
    }

    /** Whether nothing can combine with the character, which is what it looks like. */
    private static boolean isAlone(String text, int at) {
        return text.charAt(at) < 128 && (at + 1 == text.length() || text.charAt(at + 1) < 128);
    }

    /** The end of a character with its combining ones, which only together have a compatible form. */
    private static int cluster(String text, int from) {
        int at = from + Character.charCount(text.codePointAt(from));
        while (at < text.length()
                && at - from < LONGEST_CLUSTER
                && Character.getType(text.codePointAt(at)) == Character.NON_SPACING_MARK) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    private void add(String cluster, int origin) {
        int first = cluster.codePointAt(0);
        if (Character.getType(first) == Character.FORMAT) {
            return;
        }
        boolean ascii = cluster.length() == 1 && first < 128;
        String form = ascii ? cluster : Normalizer.normalize(cluster, Normalizer.Form.NFKC);
        form.toLowerCase(Locale.ROOT).chars().forEach(c -> add((char) c, origin));
    }

    private void add(char c, int origin) {
        boolean space = Character.isWhitespace(c);
        if (space && !text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
            return;
        }
        if (text.length() == origins.length) {
            origins = Arrays.copyOf(origins, origins.length * 2);
        }
        origins[text.length()] = origin;
        text.append(space ? ' ' : c);
    }

    String text() {
        return text.toString();
    }

    /** Where in the original the character at {@code at} came from. */
    int origin(int at) {
        return origins[at];
    }
}
