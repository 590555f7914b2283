package dev.penstock.core;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * Counts as Google Ads does: "Each character in double-width languages like Korean, Japanese, or Chinese counts as two towards
 * the limit" (support.google.com/google-ads/answer/1704389). Full-width forms and emoji count two here as well.
 */
final class DoubleWidth {

    private static final Set<UnicodeScript> SCRIPTS = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HANGUL,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO);

    private DoubleWidth() {}

    static int of(String text) {
        return text.codePoints().map(DoubleWidth::width).sum();
    }

    private static int width(int point) {
        boolean isPunctuation = point >= 0x3000 && point <= 0x303F;
        boolean isFullWidth = point >= 0xFF01 && point <= 0xFF60 || point >= 0xFFE0 && point <= 0xFFE6;
        boolean isEmoji = point >= 0x1F000 && point <= 0x1FAFF;
        return isPunctuation || isFullWidth || isEmoji || SCRIPTS.contains(UnicodeScript.of(point)) ? 2 : 1;
    }
}
