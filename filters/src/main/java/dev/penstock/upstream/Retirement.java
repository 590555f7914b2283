package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyState;
import dev.penstock.store.register.Register;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes retired keys out of use, but for the last one that this instance can use: what took its place elsewhere may be a file that is
 * not here. Thread-safe.
 */
final class Retirement {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.keys");

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /**
     * One at a time: of two at once each could take the other's key for the one that is left.
     *
     * @param own all documents of this provider
     * @param which the keys that {@code document} retires
     */
    synchronized void of(Provider provider, ObjectNode document, List<ObjectNode> own, Predicate<Credential> which) {
        List<Credential> active = provider.keys().active();
        List<Credential> retired = active.stream().filter(which).toList();
        if (retired.isEmpty()) {
            return;
        }
        String id = Json.string(document, "id");
        List<String> missing = own.stream()
                .filter(next -> Json.string(next, "state").equals(KeyState.ACTIVE.wire()))
                .filter(next -> Json.string(next, "replaces").equals(id))
                .map(next -> Json.string(next, "id"))
                .filter(next -> active.stream().noneMatch(key -> key.id().equals(next)))
                .toList();
        if (retired.size() < active.size()) {
            provider.keys().drainAll(retired::contains);
        } else if (warned.add(provider.name() + "/" + id + " " + Json.integer(document, Register.REVISION))) {
            LOG.warn(
                    "key {}/{} was retired and is used here all the same: {} (expected: a key that every instance can read)",
                    provider.name(),
                    id,
                    missing.isEmpty()
                            ? "there is no other"
                            : String.join(", ", missing) + " took its place and is not in use here");
        }
    }
}
