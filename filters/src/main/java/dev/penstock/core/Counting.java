package dev.penstock.core;

import java.util.Arrays;
import java.util.Optional;

/** How a place that shows a text counts its length. Lengths are never negative; an empty text has 0. */
public enum Counting {
    /** Unicode code points, as JSON Schema counts. */
    CODE_POINTS("code-points") {
        @Override
        public int length(String text) {
            return text.codePointCount(0, text.length());
        }
    },
    /** UTF-16 code units, as JavaScript's {@code length}: most emoji are 2. */
    UTF_16("utf-16") {
        @Override
        public int length(String text) {
            return text.length();
        }
    },
    /** X's weighted characters: {@link TwitterLength}. */
    TWITTER("twitter") {
        @Override
        public int length(String text) {
            return TwitterLength.of(text);
        }
    },
    /** Code points, those of double-width scripts as 2: {@link DoubleWidth}. */
    DOUBLE_WIDTH("double-width") {
        @Override
        public int length(String text) {
            return DoubleWidth.of(text);
        }
    };

    private final String word;

    Counting(String word) {
        this.word = word;
    }

    /** Linear in the text's length. */
    public abstract int length(String text);

    /** As it is written in files. */
    public String word() {
        return word;
    }

    public static Optional<Counting> named(String word) {
        return Arrays.stream(values())
                .filter(counting -> counting.word.equals(word))
                .findFirst();
    }
}
