package dev.penstock.guard.pii;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import dev.penstock.guard.detect.Chars;
import dev.penstock.guard.detect.Match;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Telephone numbers: international ones that could be dialled, those that a word beside them calls so, and those that are written as
 * a number of some country is and are valid there. A local number without a word beside it is a number like any other.
 */
final class Phones {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;
    private static final int SHORTEST_ABROAD = 8;

    /** Countries whose way of writing is known without a word beside it. */
    private static final List<String> REGIONS = List.of("US", "GB", "FR", "DE", "AU");

    private static final Pattern AMERICAN =
            Pattern.compile("(?:1[-. ])?(?:\\(\\d{3}\\) ?|\\d{3}[-.])\\d{3}[-. ]\\d{4}");
    private static final Pattern DATE =
            Pattern.compile("\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}.*|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{4}.*");

    private static final Near CALLED = new Near(
            List.of(
                    "phone",
                    "telephone",
                    "tel",
                    "mobile",
                    "cell",
                    "fax",
                    "desk",
                    "office",
                    "call",
                    "dial",
                    "ring",
                    "text ",
                    "texting",
                    "texts ",
                    "sms",
                    "whatsapp",
                    "contact",
                    "reach",
                    "answering",
                    "messages to",
                    "registered",
                    "hotline",
                    "handy",
                    "line:"),
            40,
            10);

    private Phones() {}

    static void find(String text, Run run, Found to) {
        if (run.digits() < SHORTEST || run.digits() > LONGEST || !isApart(text, run) || run.overlaps(to)) {
            return;
        }
        String written = run.of(text);
        if (!DATE.matcher(written).matches() && isNumber(text, run, written)) {
            to.add(Match.of(PiiType.PHONE.wire(), run.start(), extension(text, run.end())));
        }
    }

    private static boolean isApart(String text, Run run) {
        boolean begins = Chars.isEdge(text, run.start()) && (run.start() == 0 || text.charAt(run.start() - 1) != '.');
        return begins && (Chars.isEdge(text, run.end()) || extension(text, run.end()) > run.end());
    }

    private static boolean isNumber(String text, Run run, String written) {
        if (written.startsWith("+") || written.startsWith("00") && run.digits() > LONGEST - SHORTEST_ABROAD + 2) {
            return isPossible(written.startsWith("00") ? "+" + written.substring(2) : written);
        }
        return CALLED.is(text, run.start(), run.end())
                || AMERICAN.matcher(written).matches()
                || written.length() > run.digits() && run.digits() > SHORTEST + 2 && isValid(written);
    }

    private static boolean isPossible(String written) {
        try {
            ValidationResult result = NUMBERS.isPossibleNumberWithReason(NUMBERS.parse(written, null));
            return result == ValidationResult.IS_POSSIBLE || result == ValidationResult.IS_POSSIBLE_LOCAL_ONLY;
        } catch (NumberParseException none) {
            return false;
        }
    }

    private static boolean isValid(String written) {
        return REGIONS.stream().anyMatch(region -> isValid(written, region));
    }

    private static boolean isValid(String written, String region) {
        try {
            return NUMBERS.isValidNumberForRegion(NUMBERS.parse(written, region), region);
        } catch (NumberParseException none) {
            return false;
        }
    }

    /** Behind an extension such as {@code x123}. */
    private static int extension(String text, int end) {
        int at = end;
        if (at < text.length() && (text.charAt(at) == 'x' || text.charAt(at) == 'X')) {
            at++;
            while (at < text.length() && Chars.isDigit(text.charAt(at)) && at - end <= 6) {
                at++;
            }
        }
        return at > end + 1 && Chars.isEdge(text, at) ? at : end;
    }
}
