package dev.penstock.guard.detect;

/** Follows a match that is too long to be held back, to its end. One match, one thread. */
public final class Grower {

    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private final Growth growth;
    private final StringBuilder line = new StringBuilder();
    private boolean over;

    Grower(Growth growth) {
        this.growth = growth;
    }

    /** Whether this one still belongs to it; after the first that does not, none does. */
    public boolean takes(char c) {
        over |= switch (growth) {
            case NONE -> true;
            case TOKEN -> !Chars.isToken(c);
            case LINES -> closed() || !Chars.isToken(c) && !isBetween(c);
        };
        if (!over && growth == Growth.LINES) {
            follow(c);
        }
        return !over;
    }

    private static boolean isBetween(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\\' || c == ':';
    }

    private void follow(char c) {
        if (c == '\n' || c == 'n' && !line.isEmpty() && line.charAt(line.length() - 1) == '\\') {
            line.setLength(0);
        } else if (line.length() < Growth.HELD) {
            line.append(c);
        }
    }

    private boolean closed() {
        return line.length() > END.length() + DASHES.length()
                && line.charAt(line.length() - 1) == '-'
                && line.indexOf(END) >= 0
                && line.substring(line.length() - DASHES.length()).equals(DASHES);
    }

    /** Where what begins at {@code start} ends in a text. */
    int end(CharSequence text, int start) {
        int at = start;
        while (at < text.length() && takes(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
