package dev.penstock.records.index;

import dev.penstock.core.Instants;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Words and times as numbers. */
final class Words {

    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private Words() {}

    /** 0 for no word. Two words may have one number: what is found is looked at again. */
    static long hash(@Nullable String word) {
        if (word == null) {
            return 0;
        }
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        return hash(bytes, 0, bytes.length);
    }

    /** Likewise, of a word in UTF-8. */
    static long hash(byte[] bytes, int from, int to) {
        if (from == to) {
            return 0;
        }
        long hash = to - from;
        int at = from;
        for (; at + Long.BYTES < to; at += Long.BYTES) {
            hash = mixed(hash, Ascii.eight(bytes, at));
        }
        hash = mixed(hash, Ascii.last(bytes, at, to));
        return hash == 0 ? 1 : hash;
    }

    private static long mixed(long hash, long eight) {
        long product = (hash ^ eight) * PRIME;
        return product ^ product >>> 32;
    }

    /** The last millisecond there is, for what is no time: it is found by no time, and by everything else. */
    static long millis(@Nullable String time) {
        try {
            return time == null ? Long.MAX_VALUE : Instants.of(time).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException none) {
            return Long.MAX_VALUE;
        }
    }
}
