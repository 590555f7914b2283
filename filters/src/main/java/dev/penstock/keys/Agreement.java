package dev.penstock.keys;

import dev.penstock.core.Json;
import dev.penstock.store.register.Register;
import tools.jackson.databind.node.ObjectNode;

/** What is kept of two versions of a key's document: the higher one, with what the other knows to be revoked, and since when. */
final class Agreement {

    private Agreement() {}

    static ObjectNode of(ObjectNode one, ObjectNode other) {
        ObjectNode kept = Register.HIGHER.apply(one, other);
        ObjectNode rest = kept == one ? other : one;
        return Revocations.isDeclared(kept) ? Revocations.join(kept, rest) : issued(kept, rest);
    }

    private static ObjectNode issued(ObjectNode kept, ObjectNode rest) {
        String own = Json.string(kept, "revoked");
        String other = Json.string(rest, "revoked");
        boolean holds = other.isEmpty() || !own.isEmpty() && own.compareTo(other) <= 0;
        return holds ? kept : kept.deepCopy().put("revoked", other);
    }
}
