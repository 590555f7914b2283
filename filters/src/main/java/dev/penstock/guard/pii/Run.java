package dev.penstock.guard.pii;

import dev.penstock.guard.detect.Chars;
import java.util.ArrayList;
import java.util.List;

/**
 * Digits with what may stand between the digits of one number.
 *
 * @param start of its first character, a digit, {@code +} or {@code (}
 * @param end behind its last digit
 * @param digits how many there are
 */
record Run(int start, int end, int digits) {

    /** Between two digits of one number: such as {@code ) } or {@code  (0)}. */
    private static final int LONGEST_GAP = 3;

    /** More is no number that anybody dials, pays or is counted by. */
    private static final int MOST_DIGITS = 40;

    static List<Run> in(String text) {
        List<Run> runs = new ArrayList<>(2);
        int at = 0;
        while (at < text.length()) {
            if (Chars.isDigit(text.charAt(at))) {
                Run run = from(text, at);
                runs.add(run);
                at = run.end;
            } else {
                at++;
            }
        }
        return runs;
    }

    private static Run from(String text, int first) {
        int end = first;
        int digits = 0;
        int at = first;
        while (at < text.length() && at - end < LONGEST_GAP && digits < MOST_DIGITS) {
            char c = text.charAt(at++);
            if (Chars.isDigit(c)) {
                digits++;
                end = at;
            } else if (!isBetween(c)) {
                break;
            }
        }
        return new Run(opening(text, first), end, digits);
    }

    private static int opening(String text, int first) {
        int at = first;
        while (at > 0 && first - at < 2 && (text.charAt(at - 1) == '(' || text.charAt(at - 1) == '+')) {
            at--;
        }
        return at;
    }

    private static boolean isBetween(char c) {
        return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/' || c == '\u00a0';
    }

    String of(String text) {
        return text.substring(start, end);
    }

    /** Its digits alone. */
    String number(String text) {
        StringBuilder number = new StringBuilder(digits);
        for (int i = start; i < end; i++) {
            if (Chars.isDigit(text.charAt(i))) {
                number.append(text.charAt(i));
            }
        }
        return number.toString();
    }

    /** Whether it stands by itself: not in a word, and not in a longer number. */
    boolean isAlone(String text) {
        return Chars.isEdge(text, start)
                && Chars.isEdge(text, end)
                && !decimal(text, start - 1, -1)
                && !decimal(text, end, 1);
    }

    private static boolean decimal(String text, int at, int way) {
        int next = at + way;
        return at >= 0
                && at < text.length()
                && (text.charAt(at) == '.' || text.charAt(at) == ',')
                && next >= 0
                && next < text.length()
                && Chars.isDigit(text.charAt(next));
    }

    boolean overlaps(Found found) {
        return found.isIn(start, end);
    }
}
