package dev.penstock.guard.pii;

import dev.penstock.guard.detect.Chars;
import dev.penstock.guard.detect.Match;

/** IP addresses. Four numbers of a version look the same, and are taken for one. */
final class Addresses {

    private static final int GROUPS = 8;

    /** Characters of the shortest of version 6 that is found. */
    private static final int SHORTEST_6 = 6;

    private Addresses() {}

    static void version4(String text, Found to) {
        int at = 0;
        while (at < text.length()) {
            if (!Chars.isDigit(text.charAt(at))) {
                at++;
                continue;
            }
            int end = run(text, at);
            if (isVersion4(text, at, end) && Chars.isEdge(text, at) && Chars.isEdge(text, end) && !isDotted(text, at)) {
                to.add(Match.of(PiiType.IP.wire(), at, end));
            }
            at = Math.max(at + 1, end);
        }
    }

    /** Digits and dots between digits. */
    private static int run(String text, int from) {
        int at = from;
        while (at < text.length()
                && (Chars.isDigit(text.charAt(at))
                        || text.charAt(at) == '.' && at + 1 < text.length() && Chars.isDigit(text.charAt(at + 1)))) {
            at++;
        }
        return at;
    }

    private static boolean isDotted(String text, int start) {
        return start > 1 && text.charAt(start - 1) == '.' && Chars.isAlnum(text.charAt(start - 2));
    }

    private static boolean isVersion4(String text, int start, int end) {
        int parts = 1;
        int value = 0;
        int digits = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                parts++;
                value = 0;
                digits = 0;
            } else {
                value = value * 10 + c - '0';
                digits++;
                if (digits > 3 || value > 255) {
                    return false;
                }
            }
        }
        return parts == 4;
    }

    static void version6(String text, Found to) {
        int colon = text.indexOf(':');
        while (colon >= 0) {
            int start = colon;
            while (start > 0 && isOfVersion6(text.charAt(start - 1))) {
                start--;
            }
            int at = colon + 1;
            while (at < text.length() && isOfVersion6(text.charAt(at))) {
                at++;
            }
            int end = at > start + 2 && text.charAt(at - 1) == ':' && text.charAt(at - 2) != ':' ? at - 1 : at;
            if (end - start >= SHORTEST_6
                    && isVersion6(text.substring(start, end))
                    && Chars.isEdge(text, start)
                    && Chars.isEdge(text, end)) {
                to.add(Match.of(PiiType.IP.wire(), start, end));
            }
            colon = text.indexOf(':', at);
        }
    }

    private static boolean isOfVersion6(char c) {
        return c == ':' || Chars.isHex(c);
    }

    /** Eight groups, or fewer with one gap; at least three of them, since {@code a::b} is written in code as well. */
    private static boolean isVersion6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        int groups = 0;
        int digits = 0;
        for (String group : text.split(":", -1)) {
            if (group.length() > 4) {
                return false;
            }
            groups += group.isEmpty() ? 0 : 1;
            digits += (int) group.chars().filter(c -> Chars.isDigit((char) c)).count();
        }
        return digits > 0 && (gap < 0 ? groups == GROUPS : groups >= 3 && groups < GROUPS);
    }
}
