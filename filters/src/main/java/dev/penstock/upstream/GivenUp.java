package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.store.register.Register;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Secrets that failed in use and were given up for the one before. Kept beside the key, so that neither a restart nor another
 * instance takes them in again. Thread-safe; never waits.
 */
final class GivenUp {

    private static final String MEMBER = "given_up";

    /** Of each key; the oldest are forgotten. */
    private static final int MOST = 8;

    private final Register register;

    /** What holds before the register has it, and when it is away. */
    private final Set<String> here = ConcurrentHashMap.newKeySet();

    GivenUp(Register register) {
        this.register = register;
    }

    boolean is(String provider, Credential key) {
        String name = ProviderKeys.name(provider, key.id());
        return here.contains(name + key.fingerprint())
                || kept(register.all().get(name)).contains(key.fingerprint());
    }

    void add(String provider, Credential key) {
        here.add(ProviderKeys.name(provider, key.id()) + key.fingerprint());
        keep(provider, key, true);
    }

    /** An administrator wants it all the same. */
    void forgive(String provider, Credential key) {
        if (is(provider, key)) {
            here.remove(ProviderKeys.name(provider, key.id()) + key.fingerprint());
            keep(provider, key, false);
        }
    }

    private void keep(String provider, Credential key, boolean given) {
        register.change(ProviderKeys.name(provider, key.id()), before -> {
            ObjectNode next =
                    before == null ? Json.object().put("provider", provider).put("id", key.id()) : before.deepCopy();
            Set<String> all = kept(before);
            all.remove(key.fingerprint());
            if (given) {
                all.add(key.fingerprint());
            }
            ArrayNode list = next.putArray(MEMBER);
            all.stream().skip(Math.max(0, all.size() - MOST)).forEach(list::add);
            return next;
        });
    }

    private static Set<String> kept(@Nullable ObjectNode document) {
        Set<String> all = new LinkedHashSet<>();
        if (document != null) {
            document.path(MEMBER).valueStream().map(JsonNode::asString).forEach(all::add);
        }
        return all;
    }
}
