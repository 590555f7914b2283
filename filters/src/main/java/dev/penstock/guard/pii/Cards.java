package dev.penstock.guard.pii;

import dev.penstock.guard.detect.Chars;
import dev.penstock.guard.detect.Match;
import java.util.List;
import java.util.regex.Pattern;

/** Payment cards: the check digit (Luhn), and either a beginning that a network has in this length, or a word that says so. */
final class Cards {

    private static final int SHORTEST = 12;
    private static final int LONGEST = 19;

    /** No alternative can be reached in two ways, so none of these goes back. */
    private static final Pattern NETWORKS = Pattern.compile("4(?:\\d{12}|\\d{15}|\\d{18})"
            + "|5[1-5]\\d{14}|2[2-7]\\d{14}"
            + "|3[47]\\d{13}"
            + "|3(?:0[0-5]|[689]\\d)\\d{11}"
            + "|(?:6011|64[4-9]\\d|65\\d\\d)\\d{12}"
            + "|35\\d{14}"
            + "|62\\d{14,17}");

    private static final Near CARD =
            new Near(List.of("card", "visa", "mastercard", "maestro", "amex", "credit", "debit", "payment"), 40, 16);

    private Cards() {}

    static void find(String text, Run run, Found to) {
        if (run.digits() < SHORTEST || run.digits() > LONGEST || !run.isAlone(text) || run.overlaps(to)) {
            return;
        }
        String number = run.number(text);
        if (isGrouped(text, run)
                && isRight(number)
                && (NETWORKS.matcher(number).matches() || CARD.is(text, run.start(), run.end()))) {
            to.add(Match.of(PiiType.CARD.wire(), run.start(), run.end()));
        }
    }

    /** Digits in one piece, or in pieces with one kind of single separator. */
    private static boolean isGrouped(String text, Run run) {
        char between = 0;
        for (int i = run.start(); i < run.end(); i++) {
            char c = text.charAt(i);
            if (!Chars.isDigit(c)) {
                boolean same = between == 0 || between == c;
                if (c != ' ' && c != '-' || !same || !Chars.isDigit(text.charAt(i + 1))) {
                    return false;
                }
                between = c;
            }
        }
        return true;
    }

    private static boolean isRight(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0 && sum > 0;
    }
}
