package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyForms;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at files that hold keys. Another content is a new key: it is tested once it stood still for two looks, takes the old one's
 * place when it is good, and is tried again after a while when it is not. Thread-safe; reads the disk.
 */
final class KeyFiles {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.keys");

    private static final long AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final Secrets secrets;
    private final Probe probe;
    private final Time time;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, ObjectNode> staged = new ConcurrentHashMap<>();
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();
    private volatile BiConsumer<String, Credential> taken = (name, key) -> {};

    KeyFiles(Secrets secrets, Probe probe, Time time) {
        this.secrets = secrets;
        this.probe = probe;
        this.time = time;
    }

    /** Told by provider and id of a content that is in use from now on. */
    void onTaken(BiConsumer<String, Credential> told) {
        taken = told;
    }

    private record Seen(String fingerprint, long notBefore) {}

    /** A new content that was found and is not in use, by provider and id. */
    Optional<ObjectNode> staged(String provider, String id) {
        return Optional.ofNullable(staged.get(provider + "/" + id));
    }

    /** It failed in use: the same content is not tried again. */
    void giveUp(Credential key) {
        givenUp.add(key.label());
    }

    /** An administrator wants it all the same. */
    void tryAgain(Credential key) {
        givenUp.remove(key.label());
    }

    synchronized void look(Provider provider, String id, String file) {
        String name = provider.name() + "/" + id;
        Credential found = secrets.in(file)
                .map(text -> new Credential(id, text))
                .filter(key -> !key.secret().isEmpty())
                .orElse(null);
        if (found == null || provider.keys().labels().contains(found.label()) || givenUp.contains(found.label())) {
            seen.remove(name);
            staged.remove(name);
            return;
        }
        Seen before = seen.get(name);
        String fingerprint = found.fingerprint();
        if (before == null || !before.fingerprint().equals(fingerprint)) {
            seen.put(name, new Seen(fingerprint, time.nanos().getAsLong()));
        } else if (time.nanos().getAsLong() - before.notBefore() >= 0) {
            seen.put(name, new Seen(fingerprint, time.nanos().getAsLong() + AGAIN_NANOS));
            attempt(provider, found, name);
        }
    }

    private void attempt(Provider provider, Credential key, String name) {
        ObjectNode view = Json.object().put("fingerprint", key.fingerprint());
        String host = provider.config().baseUrl().map(URI::getHost).orElse("");
        Optional<String> expected = KeyForms.expected(host, key.secret());
        if (expected.isPresent()) {
            staged.put(name, view.put("problem", "another form (expected: " + expected.get() + ")"));
            LOG.warn(
                    "key {}: the new content of its file is no key (expected: {}); the old one goes on",
                    name,
                    expected.get());
            return;
        }
        staged.put(name, view);
        probe.of(provider, key).thenAccept(result -> {
            if (result.verdict() == Probe.Verdict.GOOD) {
                provider.keys().activate(key, key.id());
                staged.remove(name);
                taken.accept(name, key);
                LOG.info("key {}: the new content of its file is in use", name);
            } else {
                staged.put(
                        name,
                        Json.object().put("fingerprint", key.fingerprint()).<ObjectNode>set("tested", result.view()));
                LOG.warn(
                        "key {}: the provider does not take the new content of its file ({}, status {}); the old one goes on",
                        name,
                        result.verdict(),
                        result.status());
            }
        });
    }
}
