package dev.penstock.guard.detect;

/** Classes of characters; what is not ASCII is in none of them. */
public final class Chars {

    private static final byte DIGIT = 1;
    private static final byte LETTER = 2;
    private static final byte TOKEN = 4;
    private static final byte HEX = 8;
    private static final byte[] CLASSES = new byte[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            CLASSES[c] = DIGIT | TOKEN | HEX;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            CLASSES[c] = LETTER | TOKEN;
            CLASSES[c - 'a' + 'A'] = LETTER | TOKEN;
        }
        for (char c = 'a'; c <= 'f'; c++) {
            CLASSES[c] |= HEX;
            CLASSES[c - 'a' + 'A'] |= HEX;
        }
        for (char c : "-_.+/=".toCharArray()) {
            CLASSES[c] = TOKEN;
        }
    }

    private Chars() {}

    private static boolean is(char c, int classes) {
        return c < 128 && (CLASSES[c] & classes) != 0;
    }

    public static boolean isDigit(char c) {
        return is(c, DIGIT);
    }

    public static boolean isAlnum(char c) {
        return is(c, DIGIT | LETTER);
    }

    public static boolean isHex(char c) {
        return is(c, HEX);
    }

    /** What keys are made of: base64 in both alphabets, hex, and their separators. */
    static boolean isToken(char c) {
        return is(c, TOKEN);
    }

    /** Whether a word of letters and digits ends or begins between {@code at - 1} and {@code at}. */
    public static boolean isEdge(CharSequence text, int at) {
        return at <= 0
                || at >= text.length()
                || !Character.isLetterOrDigit(text.charAt(at - 1))
                || !Character.isLetterOrDigit(text.charAt(at));
    }

    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
