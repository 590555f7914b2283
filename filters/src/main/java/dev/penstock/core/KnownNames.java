package dev.penstock.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The names of members as they stand in JSON. They are few, and the same again and again; a newer one takes the place of an older. Not thread-safe. */
final class KnownNames {

    /** A power of two. */
    private static final int KEPT = 256;

    /** In characters. */
    private static final int LONGEST = 40;

    private final @Nullable String[] names = new String[KEPT];
    private final byte[][] written = new byte[KEPT][];

    private static int slot(String name) {
        return name.hashCode() & KEPT - 1;
    }

    /** Its bytes with quotes and colon, not copied; do not change. */
    byte @Nullable [] find(String name) {
        int slot = slot(name);
        return name.equals(names[slot]) ? written[slot] : null;
    }

    /** Keeps what stands in {@code json} from {@code from} to {@code to}, which is the name with quotes and colon. */
    void keep(String name, byte[] json, int from, int to) {
        if (name.length() <= LONGEST) {
            int slot = slot(name);
            names[slot] = name;
            written[slot] = Arrays.copyOfRange(json, from, to);
        }
    }
}
