package dev.penstock.records.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at once. */
final class Ascii {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;
    private static final long SPACES = ONES * ' ';
    private static final long QUOTES = ONES * '"';
    private static final long ESCAPES = ONES * '\\';
    private static final long ZEROS = ONES * '0';
    private static final long SIXES = ONES * 6;
    private static final long HALVES = ONES * 0xF0;

    private Ascii() {}

    static long eight(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** At most eight bytes, the first one lowest. */
    static long last(byte[] bytes, int from, int to) {
        int shift = Long.SIZE - (to - from) * Byte.SIZE;
        if (to >= Long.BYTES && to > from) {
            return eight(bytes, to - Long.BYTES) >>> shift;
        }
        long last = 0;
        for (int i = to - 1; i >= from; i--) {
            last = last << Byte.SIZE | bytes[i] & 0xFF;
        }
        return last;
    }

    /** Where the quote is that ends the string; -1 when an escape, a control or something else than ASCII is before it. */
    static int close(byte[] bytes, int from) {
        int at = from;
        while (at + Long.BYTES <= bytes.length) {
            long ends = ends(eight(bytes, at));
            if (ends != 0) {
                int end = at + (Long.numberOfTrailingZeros(ends) >>> 3);
                return bytes[end] == '"' ? end : -1;
            }
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at < bytes.length && bytes[at] == '"' ? at : -1;
    }

    /** Behind the last digit. */
    static int digits(byte[] bytes, int from) {
        int at = from;
        while (at + Long.BYTES <= bytes.length) {
            long zeros = eight(bytes, at) ^ ZEROS;
            long others = (zeros | zeros + SIXES) & HALVES;
            if (others != 0) {
                return at + (Long.numberOfTrailingZeros(others) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    /** The lowest bit that is set belongs to the first byte that ends a string's plain part; those above may lie. */
    private static long ends(long eight) {
        long quotes = eight ^ QUOTES;
        long escapes = eight ^ ESCAPES;
        long found = quotes - ONES & ~quotes | escapes - ONES & ~escapes | eight - SPACES & ~eight | eight;
        return found & HIGHS;
    }
}
