package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyState;
import dev.penstock.store.register.Register;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes retired keys out of use, but for the last one that this instance can use: what took its place elsewhere may be a file that is
 * not here. Thread-safe.
 */
final class Retirement {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.keys");

    private final GivenUp givenUp;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    Retirement(GivenUp givenUp) {
        this.givenUp = givenUp;
    }

    /** A key in use, and the document that retires it. */
    private record Going(Credential key, ObjectNode document, List<String> missing, boolean failed) {

        /** The best to stay: one that did not fail, one whose successor is not here, the one that was retired last. */
        private static final Comparator<Going> BEST = Comparator.comparing(Going::failed)
                .thenComparing(going -> going.missing().isEmpty())
                .thenComparing(going -> Retired.since(going.document()), Comparator.reverseOrder())
                .thenComparing(going -> going.key().label());
    }

    /**
     * One at a time: of two at once each could take the other's key for the one that is left.
     *
     * @param own all documents of this provider
     */
    synchronized void of(Provider provider, List<ObjectNode> own) {
        List<Credential> active = provider.keys().active();
        List<Going> going = own.stream()
                .flatMap(document -> active.stream()
                        .filter(key -> Retired.is(document, key) && !givenUp.isBack(provider.name(), key))
                        .map(key -> going(provider, key, document, own)))
                .sorted(Going.BEST)
                .toList();
        if (going.isEmpty()) {
            return;
        }
        Set<Credential> goes = going.stream().map(Going::key).collect(Collectors.toCollection(HashSet::new));
        boolean another = active.stream().anyMatch(key -> !goes.contains(key) && !givenUp.is(provider.name(), key));
        if (!another) {
            warn(provider, going.get(0));
            goes.remove(going.get(0).key());
        }
        provider.keys().drainAll(goes::contains);
    }

    private Going going(Provider provider, Credential key, ObjectNode document, List<ObjectNode> own) {
        List<Credential> active = provider.keys().active();
        List<String> missing = own.stream()
                .filter(next -> Json.string(next, "state").equals(KeyState.ACTIVE.wire()))
                .filter(next -> Json.string(next, "replaces").equals(key.id()))
                .map(next -> Json.string(next, "id"))
                .filter(next -> active.stream().noneMatch(other -> other.id().equals(next)))
                .toList();
        return new Going(key, document, missing, givenUp.is(provider.name(), key));
    }

    private void warn(Provider provider, Going stays) {
        String name = ProviderKeys.name(provider.name(), stays.key().id());
        if (warned.add(name + " " + Json.integer(stays.document(), Register.REVISION))) {
            LOG.warn(
                    "key {} was retired and is used here all the same: {} (expected: a key that every instance can read)",
                    name,
                    stays.missing().isEmpty()
                            ? "there is no other"
                            : String.join(", ", stays.missing()) + " took its place and is not in use here");
        }
    }
}
