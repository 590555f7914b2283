package dev.penstock.provider.mock.draft;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes one kind. The same brief and seed give the same text. */
interface Draft {

    /** Null where the brief does not say what it needs. */
    @Nullable
    ObjectNode of(Brief brief, long seed);

    /** One of these, by the seed. */
    static <T> T pick(List<T> from, long seed) {
        return from.get((int) Math.floorMod(seed, (long) from.size()));
    }
}
