package dev.penstock.guard.pii;

import dev.penstock.guard.detect.Chars;
import dev.penstock.guard.detect.Match;

/** Social security numbers of the USA, as they are written: three digits, two, four; none with a group of zeros. */
final class SocialSecurity {

    private static final String FORM = "ddd-dd-dddd";

    private SocialSecurity() {}

    static void find(String text, Run run, Found to) {
        if (run.end() - run.start() != FORM.length()) {
            return;
        }
        String number = run.of(text);
        if (isFormed(number) && isIssued(number) && run.isAlone(text) && !run.overlaps(to)) {
            to.add(Match.of(PiiType.SSN.wire(), run.start(), run.end()));
        }
    }

    private static boolean isFormed(String number) {
        char between = number.charAt(3);
        for (int i = 0; i < number.length(); i++) {
            boolean digit = FORM.charAt(i) == 'd';
            char c = number.charAt(i);
            if (digit != Chars.isDigit(c) || !digit && c != between) {
                return false;
            }
        }
        return between == '-' || between == ' ';
    }

    private static boolean isIssued(String number) {
        String area = number.substring(0, 3);
        return !area.equals("000")
                && !area.equals("666")
                && area.charAt(0) != '9'
                && !number.substring(4, 6).equals("00")
                && !number.substring(7).equals("0000");
    }
}
