package dev.penstock.guard.detect;

/** Ends of texts that may go on. */
public final class Tails {

    private Tails() {}

    /** Where the last word begins; anything but white space is of a word. */
    public static int word(CharSequence text) {
        return word(text, text.length());
    }

    private static int word(CharSequence text, int end) {
        int at = end;
        while (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /**
     * Where a last run of words with digits begins, with up to {@code after} characters behind it, and the word before it where that
     * may belong to it; else where the last word begins.
     */
    public static int numbers(CharSequence text, int after) {
        int word = word(text);
        int start = word;
        int at = word;
        // nothing more is held back than that
        while (at > 0 && text.length() - start <= Growth.HELD) {
            int end = skipSpace(text, at);
            int begin = word(text, end);
            boolean numeric = hasDigit(text, begin, end);
            if (!numeric && text.length() - end > after || begin == end) {
                break;
            }
            at = begin;
            start = numeric ? begin : start;
        }
        return start;
    }

    private static int skipSpace(CharSequence text, int end) {
        int at = end;
        while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static boolean hasDigit(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Chars.isDigit(c) || c == '(' || c == '+') {
                return true;
            }
        }
        return false;
    }

    /** Where the end of the text is the beginning of {@code word}, all of it included; case aside. */
    static int begun(String text, String word) {
        int from = Math.max(0, text.length() - word.length());
        for (int at = from; at < text.length(); at++) {
            if (text.regionMatches(true, at, word, 0, text.length() - at)) {
                return at;
            }
        }
        return text.length();
    }

    /** Where as much of the end begins as is ever held back: for what may begin anywhere. */
    static int most(CharSequence text) {
        return Math.max(0, text.length() - Growth.HELD);
    }
}
