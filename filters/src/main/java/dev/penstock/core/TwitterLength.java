package dev.penstock.core;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Counts as X does, by the published configuration v3 of twitter-text (docs.x.com/fundamentals/counting-characters): the text
 * in NFC; 1 for the code points of four ranges, 2 for all others; 2 for an emoji, however many code points it is; 23 for a
 * link, however long it is.
 *
 * <p>Links without a scheme are told by a short list of endings, where twitter-text has every top-level domain.
 */
final class TwitterLength {

    private static final int LINK = 23;
    private static final int HEAVY = 2;

    private static final String IN_LINK = "[!-\\u04ff&&[^<>\"]]";
    private static final String LAST_IN_LINK = "[!-\\u04ff&&[^<>\".,;:!?)'\\]]]";
    private static final String HOST = "(?<![\\w@/.$#-])(?:[A-Za-z0-9-]{1,63}\\.){1,8}"
            + "(?:com|net|org|edu|gov|info|biz|dev|app|io|co|ai|me|tv|eu|uk|de|fr|es|it|nl|ch|at|be|jp)(?![\\w-])";
    private static final String PICTURE =
            "[\\x{1F000}-\\x{1FAFF}\\u2600-\\u27BF\\u2300-\\u23FF\\u2B00-\\u2BFF\\u2190-\\u21FF"
                    + "\\u2934\\u2935\\u3030\\u303D\\u3297\\u3299\\u203C\\u2049\\u2122\\u2139]";
    private static final String LOOKS = "(?:\\uFE0F|[\\x{1F3FB}-\\x{1F3FF}])?[\\x{E0020}-\\x{E007F}]{0,16}";
    private static final Pattern UNITS = Pattern.compile("(?<link>(?i:https?)://" + IN_LINK + "*" + LAST_IN_LINK
            + "|" + HOST + "(?:/(?:" + IN_LINK + "*" + LAST_IN_LINK + ")?)?)"
            + "|[\\x{1F1E6}-\\x{1F1FF}]{2}"
            + "|[0-9#*]\\uFE0F?\\u20E3"
            + "|[\\u00A9\\u00AE]\\uFE0F"
            + "|" + PICTURE + LOOKS + "(?:\\u200D" + PICTURE + LOOKS + "){0,8}");

    private TwitterLength() {}

    static int of(String text) {
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
        var units = UNITS.matcher(normal);
        int length = 0;
        int from = 0;
        while (units.find()) {
            length += weigh(normal, from, units.start()) + (units.group("link") == null ? HEAVY : LINK);
            from = units.end();
        }
        return length + weigh(normal, from, normal.length());
    }

    private static int weigh(String text, int from, int to) {
        return text.substring(from, to)
                .codePoints()
                .map(point -> isLight(point) ? 1 : HEAVY)
                .sum();
    }

    private static boolean isLight(int point) {
        return point <= 4351
                || point >= 8192 && point <= 8205
                || point >= 8208 && point <= 8223
                || point >= 8242 && point <= 8247;
    }
}
