package dev.penstock.prompt.fit;

/** What characters stand for where models do not keep to JSON's own. */
final class Glyphs {

    private Glyphs() {}

    static boolean isJsonSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    /** Also no-break spaces, the byte order mark and characters without width. */
    static boolean isSpace(char c) {
        return isJsonSpace(c)
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || c == '\uFEFF'
                || (c >= '\u200B' && c <= '\u200F')
                || c == '\u2060';
    }

    /** The quote that ends a string which begins with this one; 0 when it begins none. */
    static char closing(char open) {
        return switch (open) {
            case '"', '\'', '`' -> open;
            case '\u201C', '\u201D', '\u201E', '\u201F' -> '\u201D';
            case '\u2018', '\u2019', '\u201A' -> '\u2019';
            default -> 0;
        };
    }

    /** Whether {@code c} ends a string that waits for {@code close}: the low-high quotes of some languages end in “. */
    static boolean closes(char c, char close) {
        return c == close
                || (close == '\u201D' && (c == '\u201C' || c == '"'))
                || (close == '\u2019' && (c == '\u2018' || c == '\''));
    }

    static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '-';
    }

    static boolean isColon(char c) {
        return c == ':' || c == '\uFF1A';
    }

    static boolean isComma(char c) {
        return c == ',' || c == '\uFF0C';
    }
}
