package dev.penstock.records.index;

/** The tokens of JSON that is plain. Each method takes where a token begins and says where it ends; {@link #NONE} when it is none. */
final class PlainText {

    static final int NONE = -1;

    private static final int MOST_DIGITS = 18;

    private PlainText() {}

    /** 0 at the end. */
    static byte at(byte[] bytes, int at) {
        return at < bytes.length ? bytes[at] : 0;
    }

    static int string(byte[] bytes, int at) {
        int end = at(bytes, at) == '"' ? Ascii.close(bytes, at + 1) : NONE;
        return end < 0 ? NONE : end + 1;
    }

    /** One of the words that are no strings, as {@link Ascii#last} reads it. */
    static int word(byte[] bytes, int at, long word, int length) {
        int end = at + length;
        return end <= bytes.length && Ascii.last(bytes, at, end) == word ? end : NONE;
    }

    static int number(byte[] bytes, int at) {
        int first = at(bytes, at) == '-' ? at + 1 : at;
        int end = digits(bytes, first);
        if (end < 0 || bytes[first] == '0' && end > first + 1) {
            return NONE;
        }
        return at(bytes, end) == '.' ? digits(bytes, end + 1) : end;
    }

    private static int digits(byte[] bytes, int at) {
        int end = Ascii.digits(bytes, at);
        return end > at && end - at <= MOST_DIGITS ? end : NONE;
    }
}
