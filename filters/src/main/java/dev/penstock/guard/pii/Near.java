package dev.penstock.guard.pii;

import java.util.List;
import java.util.Locale;

/**
 * Words around a number that say what it is.
 *
 * @param words lower case; the beginning of a word is enough
 * @param before characters in front of the number that are looked at
 * @param after characters behind it
 */
record Near(List<String> words, int before, int after) {

    boolean is(String text, int start, int end) {
        String front = text.substring(Math.max(0, start - before), start).toLowerCase(Locale.ROOT);
        String behind =
                text.substring(end, Math.min(text.length(), end + after)).toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(word -> begins(front, word) || begins(behind, word));
    }

    private static boolean begins(String text, String word) {
        int at = text.indexOf(word);
        while (at >= 0) {
            if (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1))) {
                return true;
            }
            at = text.indexOf(word, at + 1);
        }
        return false;
    }
}
