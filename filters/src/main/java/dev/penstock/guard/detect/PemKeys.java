package dev.penstock.guard.detect;

import java.util.Optional;

/**
 * Private keys in PEM, also those that are written into one line or cut off: what names them and at least some of the key. Of one
 * text, from its beginning on: what one key holds is not looked at once more.
 */
final class PemKeys {

    /** Head line, line break and the base64 that makes it a key. */
    static final int LONGEST_OPENING = 96;

    private static final String KEY = "PRIVATE KEY";
    private static final String DASHES = "-----";
    private static final int LONGEST_NAME = 32;
    private static final int SHORTEST_KEY = 20;

    private final String text;

    /** Of the last one. */
    private int end;

    PemKeys(String text) {
        this.text = text;
    }

    Optional<Match> match(int at) {
        int name = find(KEY, at, LONGEST_NAME + DASHES.length());
        int head = name < 0 ? -1 : find(DASHES, name, LONGEST_NAME);
        if (head < 0) {
            return Optional.empty();
        }
        int body = space(text, head + DASHES.length());
        int run = body;
        while (run < text.length() && SecretForm.BASE64.test(text.charAt(run))) {
            run++;
        }
        if (run - body < SHORTEST_KEY || run <= end) {
            return Optional.empty();
        }
        end = Growth.LINES.grower().end(text, at);
        return Optional.of(new Match(Secrets.PRIVATE, at, end, Growth.LINES));
    }

    private int find(String what, int from, int within) {
        for (int at = from; at <= from + within; at++) {
            if (text.startsWith(what, at)) {
                return at;
            }
        }
        return -1;
    }

    /** Also line breaks that are written as an escape. */
    private static int space(String text, int from) {
        int at = from;
        while (at < text.length()) {
            boolean escape = text.startsWith("\\n", at) || text.startsWith("\\r", at);
            if (!escape && !Character.isWhitespace(text.charAt(at))) {
                break;
            }
            at += escape ? 2 : 1;
        }
        return at;
    }
}
