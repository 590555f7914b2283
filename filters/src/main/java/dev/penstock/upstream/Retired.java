package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the register says of a retired key. A declared one is retired with each secret that it had, and not with a later one. */
final class Retired {

    private static final String SECRETS = "fingerprints";

    private Retired() {}

    static boolean is(ObjectNode document) {
        return Json.string(document, "state").equals(KeyState.RETIRED.wire());
    }

    static boolean is(ObjectNode document, Credential key) {
        return is(document)
                && Json.string(document, "id").equals(key.id())
                && (!document.path("declared").asBoolean(false) || names(document, key.fingerprint()));
    }

    /** Whether this secret is one of those that it was retired with. */
    static boolean names(ObjectNode document, String fingerprint) {
        return Json.string(document, "fingerprint").equals(fingerprint)
                || document.path(SECRETS)
                        .valueStream()
                        .anyMatch(one -> one.asString().equals(fingerprint));
    }

    /** Empty for one that was retired before this was written down. */
    static String since(ObjectNode document) {
        return Json.string(document, "retired");
    }

    /** The document from now on. @param declared as it stands in routes.yml now */
    static ObjectNode next(Provider provider, String id, Optional<Credential> declared, @Nullable ObjectNode before) {
        if (before == null && declared.isEmpty()) {
            throw ProviderDesk.unknown(id);
        }
        ObjectNode next = ProviderKeys.orNew(before, provider.name(), id);
        declared.ifPresent(key -> next.put("declared", true).put("fingerprint", key.fingerprint()));
        ArrayNode secrets = next.putArray(SECRETS);
        provider.keys().standings().stream()
                .filter(key -> key.id().equals(id))
                .forEach(key -> secrets.add(key.fingerprint()));
        return next.put("state", KeyState.RETIRED.wire());
    }
}
