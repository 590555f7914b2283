package dev.penstock.records.index;

import java.nio.charset.StandardCharsets;

/** The names of the objects that are open: one that comes twice is damage. Not thread-safe. */
final class OpenNames {

    private static final int MOST = 256;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final long[] keys = new long[MOST];
    private int size;

    void clear() {
        size = 0;
    }

    /** Where the names of the next object begin. */
    int mark() {
        return size;
    }

    /** Forgets the names of the object that began there. */
    void close(int mark) {
        size = mark;
    }

    /** One of 64 bits for a name: where an object has none with the bit, it does not have the name. */
    static long bit(long key) {
        return 1L << (key >>> 58);
    }

    boolean add(long key) {
        if (size == MOST) {
            return false;
        }
        keys[size++] = key;
        return true;
    }

    boolean has(long key, int mark) {
        for (int i = mark; i < size; i++) {
            if (keys[i] == key) {
                return true;
            }
        }
        return false;
    }

    static long key(String name) {
        byte[] bytes = (name + "\0".repeat(Long.BYTES)).getBytes(StandardCharsets.US_ASCII);
        return key(bytes, 0, name.length());
    }

    /** A name in one number: of its first eight bytes, its last ones, and its length. Those of two names are the same about never. */
    static long key(byte[] bytes, int from, int to) {
        int length = to - from;
        if (from + Long.BYTES > bytes.length) {
            return 0;
        }
        long first = Ascii.eight(bytes, from);
        long last = length >= Long.BYTES ? Ascii.eight(bytes, to - Long.BYTES) : 0;
        first = length >= Long.BYTES ? first : first & ~(-1L << length * Byte.SIZE);
        return (first * SPREAD ^ last) * SPREAD + length;
    }
}
