package dev.penstock.records.index;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Words and times as numbers. */
final class Words {

    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    private Words() {}

    /** FNV-1a over the characters; 0 for no word. Two words may have one number: what is found is looked at again. */
    static long hash(@Nullable String word) {
        if (word == null || word.isEmpty()) {
            return 0;
        }
        long hash = BASIS;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * PRIME;
        }
        return hash == 0 ? 1 : hash;
    }

    /** The last millisecond there is, for what is no time: it is found by no time, and by everything else. */
    static long millis(@Nullable String time) {
        try {
            return time == null ? Long.MAX_VALUE : Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException none) {
            return Long.MAX_VALUE;
        }
    }
}
