package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key that was given up for the one before it, and what the register is to say of both. It may be written late and twice: what an
 * administrator said since stands.
 *
 * @param heard what the register said of both
 */
record RollBack(String provider, Credential failed, Credential back, Instant at, Heard heard) {

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
        if (same && heard.isPromoted(next)) {
            return next;
        }
        GivenUp.listed(next, failed, true);
        if (!same || !ProviderKeys.isActive(next)) {
            return next;
        }
        return isOfOneId()
                ? next.put("fingerprint", back.fingerprint())
                : next.put("state", KeyState.RETIRED.wire()).put(Heard.BY, at.toString());
    }

    /**
     * Whether the one that failed is out by this, now or by a write whose answer was lost, or by that of another instance, which may
     * have died before it wrote of the other key.
     */
    boolean isDone(ObjectNode document) {
        return Retired.is(document)
                && Json.string(document, "fingerprint").equals(failed.fingerprint())
                && heard.isRolledBack(document)
                && !heard.isPromoted(document);
    }

    /** The document of the one that is back, where that has another id. */
    ObjectNode back(@Nullable ObjectNode before) {
        ObjectNode next = ProviderKeys.orNew(before, provider, back.id());
        return heard.isSaid(next) || Json.string(next, "state").equals(KeyState.STAGED.wire())
                ? next
                : next.put("fingerprint", back.fingerprint()).put("state", KeyState.ACTIVE.wire());
    }
}
