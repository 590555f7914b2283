package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyRing;
import dev.penstock.credential.KeyState;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the register says of a retired key. A declared one is retired with each secret that it had, and not with a later one. */
final class Retired {

    private static final String SECRETS = "fingerprints";

    /** Of each key; the oldest are forgotten. */
    private static final int MOST = 16;

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
        Set<String> secrets = secrets(before);
        ObjectNode next = ProviderKeys.orNew(before, provider.name(), id);
        declared.ifPresent(key -> next.put("declared", true).put("fingerprint", key.fingerprint()));
        provider.keys().standings().stream()
                .filter(key -> key.id().equals(id))
                .map(KeyRing.Standing::fingerprint)
                .peek(secrets::remove)
                .forEach(secrets::add);
        ArrayNode list = next.putArray(SECRETS);
        secrets.stream().skip(Math.max(0, secrets.size() - MOST)).forEach(list::add);
        return next.put("state", KeyState.RETIRED.wire());
    }

    /** Of one that is retired already; nothing is known of the others. */
    private static Set<String> secrets(@Nullable ObjectNode document) {
        Set<String> all = new LinkedHashSet<>();
        if (document != null && is(document)) {
            all.add(Json.string(document, "fingerprint"));
            document.path(SECRETS).valueStream().map(JsonNode::asString).forEach(all::add);
        }
        return all;
    }
}
