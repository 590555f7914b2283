package dev.penstock.guard.detect;

import java.util.Optional;

/** {@code client_secret = "…"}: what stands behind a telling name, if it looks drawn at random. */
final class Assignments {

    private static final int SHORTEST = 20;
    private static final int LONGEST = 200;
    private static final double RANDOM = 3.7;
    private static final int LONGEST_GAP = 8;

    private Assignments() {}

    /** {@code behind} is the end of the name. What goes on behind a dot belongs to it, and is not judged: names have dots, too. */
    static Optional<Match> match(String text, int behind) {
        int start = gap(text, behind);
        if (start == behind) {
            return Optional.empty();
        }
        int end = run(text, start, Math.min(text.length(), start + LONGEST + 1));
        boolean fits = end - start >= SHORTEST && end - start <= LONGEST;
        if (!fits || !Entropy.isMixed(text, start, end) || Entropy.of(text, start, end) < RANDOM) {
            return Optional.empty();
        }
        while (end + 1 < text.length() && text.charAt(end) == '.' && isSecret(text.charAt(end + 1))) {
            end = run(text, end + 1, text.length());
        }
        return Optional.of(new Match(Secrets.ASSIGNED, start, end, Growth.TOKEN));
    }

    private static int run(String text, int from, int limit) {
        int end = from;
        while (end < limit && isSecret(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** The end of quotes, spaces and exactly one sign of an assignment; {@code from} where there is none. */
    private static int gap(String text, int from) {
        int at = from;
        boolean assigned = false;
        while (at < text.length() && at - from < LONGEST_GAP) {
            char c = text.charAt(at);
            boolean sign = c == '=' || c == ':';
            if (!sign && c != ' ' && c != '"' && c != '\'' && c != '\\') {
                break;
            }
            assigned |= sign;
            at++;
        }
        return assigned ? at : from;
    }

    private static boolean isSecret(char c) {
        return SecretForm.URL.test(c) || c == '+' || c == '/';
    }
}
