package dev.penstock.guard.pii;

import dev.penstock.guard.detect.Chars;
import dev.penstock.guard.detect.Match;

/** Addresses as they are used, which is less than RFC 5322 allows: no quotes, no comments, a top-level domain of letters. */
final class Emails {

    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;

    private Emails() {}

    static void find(String text, Found to) {
        int at = text.indexOf('@');
        while (at >= 0) {
            int start = local(text, at);
            int end = domain(text, at + 1);
            if (start < at && end > at) {
                to.add(Match.of(PiiType.EMAIL.wire(), start, end));
            }
            at = text.indexOf('@', at + 1);
        }
    }

    private static int local(String text, int at) {
        int start = at;
        while (start > 0 && at - start < LONGEST_LOCAL && isLocal(text.charAt(start - 1))) {
            start--;
        }
        while (start < at && !Character.isLetterOrDigit(text.charAt(start)) && text.charAt(start) != '_') {
            start++;
        }
        return at > 0 && text.charAt(at - 1) == '.' ? at : start;
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || "._%+-'".indexOf(c) >= 0;
    }

    /** The end of the longest domain with a top level of two letters or more; -1 for none. */
    private static int domain(String text, int from) {
        int end = -1;
        int label = from;
        int at = from;
        while (at < text.length() && at - from < LONGEST_DOMAIN) {
            char c = text.charAt(at);
            if (c == '.') {
                if (at == label) {
                    break;
                }
                label = at + 1;
            } else if (!Character.isLetterOrDigit(c) && (c != '-' || at == label)) {
                break;
            }
            at++;
            end = label > from && isTop(text, label, at) ? at : end;
        }
        return end;
    }

    private static boolean isTop(String text, int from, int to) {
        boolean more = to < text.length() && Character.isLetterOrDigit(text.charAt(to));
        if (more || to - from < 2) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!Character.isLetter(text.charAt(i)) && !Chars.isAlnum(text.charAt(i))) {
                return false;
            }
        }
        return Character.isLetter(text.charAt(from));
    }
}
