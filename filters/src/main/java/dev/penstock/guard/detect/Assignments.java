package dev.penstock.guard.detect;

import java.util.Optional;

/** {@code client_secret = "…"}: what stands behind a telling name, if it looks drawn at random. */
final class Assignments {

    private static final int SHORTEST = 20;
    private static final int LONGEST = 200;
    private static final double RANDOM = 3.7;
    private static final int LONGEST_GAP = 8;

    private Assignments() {}

    /** {@code behind} is the end of the name. */
    static Optional<Match> match(String text, int behind) {
        int start = gap(text, behind);
        int end = start;
        while (end < text.length() && end - start <= LONGEST && isSecret(text.charAt(end))) {
            end++;
        }
        boolean fits = start > behind && end - start >= SHORTEST && end - start <= LONGEST;
        return fits && mixed(text, start, end) && Entropy.of(text, start, end) >= RANDOM
                ? Optional.of(new Match(Secrets.ASSIGNED, start, end, Growth.TOKEN))
                : Optional.empty();
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

    private static boolean mixed(String text, int from, int to) {
        boolean digit = false;
        boolean letter = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            digit |= Chars.isDigit(c);
            letter |= Chars.isAlnum(c) && !Chars.isDigit(c);
        }
        return digit && letter;
    }
}
