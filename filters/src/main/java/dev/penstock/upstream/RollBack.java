package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key that was given up for the one before it, and what the register is to say of both. It may be written late and twice: what an
 * administrator said after {@code at} stands.
 */
record RollBack(String provider, Credential failed, Credential back, Instant at) {

    /** In the document of one that failed: which roll-back it was that retired it. */
    private static final String BY = "rolled_back";

    boolean isOf(String name) {
        return provider.equals(name);
    }

    boolean isOfOneId() {
        return failed.id().equals(back.id());
    }

    /** The document of the one that failed; a key that no administrator ever touched needs no state. */
    ObjectNode failed(@Nullable ObjectNode before) {
        ObjectNode next = ProviderKeys.orNew(before, provider, failed.id());
        boolean same = Json.string(next, "fingerprint").equals(failed.fingerprint());
        if (same && Retired.isLater(next, "promoted", at)) {
            return next;
        }
        GivenUp.listed(next, failed, true);
        if (!same || !ProviderKeys.isActive(next)) {
            return next;
        }
        return isOfOneId()
                ? next.put("fingerprint", back.fingerprint())
                : next.put("state", KeyState.RETIRED.wire()).put(BY, at.toString());
    }

    /** Whether it is this that took the one that failed out, now or by a write whose answer was lost. */
    boolean isDone(ObjectNode failed) {
        return Retired.is(failed)
                && Json.string(failed, BY).equals(at.toString())
                && !Retired.isLater(failed, "promoted", at);
    }

    /** The document of the one that is back, where that has another id. */
    ObjectNode back(@Nullable ObjectNode before) {
        ObjectNode next = ProviderKeys.orNew(before, provider, back.id());
        boolean said = Retired.isLater(next, "retired", at) || Retired.isLater(next, "promoted", at);
        return said || Json.string(next, "state").equals(KeyState.STAGED.wire())
                ? next
                : next.put("fingerprint", back.fingerprint()).put("state", KeyState.ACTIVE.wire());
    }
}
