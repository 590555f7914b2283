package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A key that was given up for the one before it, and what the register is to say of both. */
record RollBack(String provider, Credential failed, Credential back) {

    boolean isOf(String name) {
        return provider.equals(name);
    }

    boolean isOfOneId() {
        return failed.id().equals(back.id());
    }

    /** The document of the one that failed; a key that no administrator ever touched needs no state. */
    ObjectNode failed(@Nullable ObjectNode before) {
        ObjectNode next = GivenUp.listed(ProviderKeys.orNew(before, provider, failed.id()), failed, true);
        if (next.has("state") && Json.string(next, "fingerprint").equals(failed.fingerprint())) {
            return isOfOneId()
                    ? next.put("fingerprint", back.fingerprint())
                    : next.put("state", KeyState.RETIRED.wire());
        }
        return next;
    }

    /** The document of the one that is back, where that has another id. */
    ObjectNode back(@Nullable ObjectNode before) {
        return ProviderKeys.orNew(before, provider, back.id())
                .put("fingerprint", back.fingerprint())
                .put("state", KeyState.ACTIVE.wire());
    }
}
