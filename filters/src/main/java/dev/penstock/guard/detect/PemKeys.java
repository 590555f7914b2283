package dev.penstock.guard.detect;

import java.util.Optional;

/** Private keys in PEM, also those that are written into one line or cut off: what names them and at least some of the key. */
final class PemKeys {

    /** Head line, line break and the base64 that makes it a key. */
    static final int LONGEST_OPENING = 96;

    private static final String KEY = "PRIVATE KEY";
    private static final String DASHES = "-----";
    private static final int LONGEST_NAME = 32;
    private static final int SHORTEST_KEY = 20;

    private PemKeys() {}

    static Optional<Match> match(String text, int at) {
        int name = text.indexOf(KEY, at);
        if (name < 0 || name - at > LONGEST_NAME + DASHES.length()) {
            return Optional.empty();
        }
        int head = text.indexOf(DASHES, name);
        if (head < 0 || head - name > LONGEST_NAME) {
            return Optional.empty();
        }
        int body = space(text, head + DASHES.length());
        int run = body;
        while (run < text.length() && SecretForm.BASE64.test(text.charAt(run))) {
            run++;
        }
        return run - body < SHORTEST_KEY
                ? Optional.empty()
                : Optional.of(
                        new Match(Secrets.PRIVATE, at, Growth.LINES.grower().end(text, at), Growth.LINES));
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
