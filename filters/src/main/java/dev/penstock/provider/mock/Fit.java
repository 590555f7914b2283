package dev.penstock.provider.mock;

import java.util.random.RandomGenerator;

/** Makes text as long as it may and must be, counted in code points as JSON Schema does. */
final class Fit {

    private Fit() {}

    /** At most {@code most} code points; cut after a sentence or a word where one ends in the second half. */
    static String most(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        String cut = text.substring(0, text.offsetByCodePoints(0, Math.max(most, 0)));
        int sentence = cut.lastIndexOf(". ");
        if (sentence > cut.length() / 2) {
            return cut.substring(0, sentence + 1);
        }
        int space = cut.lastIndexOf(' ');
        return space > cut.length() / 2 ? cut.substring(0, space) : cut;
    }

    /** Between {@code least} and {@code most} code points, filled up with plain sentences. */
    static String between(String text, int least, int most, RandomGenerator random) {
        int length = text.codePointCount(0, text.length());
        String filled = length >= least ? text : text + " " + Prose.filler(least - length, random);
        String cut = most(filled, most);
        if (cut.codePointCount(0, cut.length()) >= least) {
            return cut;
        }
        return filled.substring(0, filled.offsetByCodePoints(0, most));
    }
}
