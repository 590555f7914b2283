package dev.penstock.upstream;

import dev.penstock.core.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the register said of two keys in the moment that one failed: what it says otherwise was said since. Instants are compared as
 * texts, since the clocks of several machines tell no order.
 *
 * @param rolledBack by which roll-back the one that failed had been retired before it was promoted
 * @param retired of the one that is back
 * @param restored when that was promoted
 */
record Heard(String promoted, String rolledBack, String retired, String restored) {

    /** In the document of one that failed: which roll-back it was that retired it. */
    static final String BY = "rolled_back";

    private static final String PROMOTED = "promoted";

    static Heard of(@Nullable ObjectNode failed, @Nullable ObjectNode back) {
        ObjectNode one = failed == null ? Json.object() : failed;
        ObjectNode other = back == null ? Json.object() : back;
        return new Heard(
                Json.string(one, PROMOTED), Json.string(one, BY), Retired.since(other), Json.string(other, PROMOTED));
    }

    /** Whether an administrator promoted the one that failed since. */
    boolean isPromoted(ObjectNode failed) {
        return isNew(Json.string(failed, PROMOTED), promoted);
    }

    /** Whether it was rolled back since, here or elsewhere. */
    boolean isRolledBack(ObjectNode failed) {
        return isNew(Json.string(failed, BY), rolledBack);
    }

    /** Whether an administrator said since what is to be of the one that is back; not where the one that failed replaced it. */
    boolean isSaid(ObjectNode back) {
        String since = Retired.since(back);
        return isNew(since, retired) && isNew(since, promoted) || isNew(Json.string(back, PROMOTED), restored);
    }

    private static boolean isNew(String now, String then) {
        return !now.isEmpty() && !now.equals(then);
    }
}
