package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.credential.KeyForms;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at secrets that changed under a key's id, in its file or in routes.yml: each is tested once it stood still for two looks,
 * is told when it is good, and is tried again, later and later, when it is not. Thread-safe; never waits.
 */
final class KeyChanges {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.keys");

    private static final long AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    /** 30 s twice as long each time, so an hour and eight minutes. */
    private static final int MOST_DOUBLED = 7;

    private final Probe probe;
    private final Time time;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, ObjectNode> staged = new ConcurrentHashMap<>();
    private volatile BiConsumer<Provider, Credential> good = (provider, key) -> {};

    KeyChanges(Probe probe, Time time) {
        this.probe = probe;
        this.time = time;
    }

    /** Takes what the provider found good; it may not be what is wanted any more. */
    void onGood(BiConsumer<Provider, Credential> taker) {
        good = taker;
    }

    private record Seen(String fingerprint, long notBefore, int tries) {}

    /** A secret that was found and is not in use, by provider and id. */
    Optional<ObjectNode> staged(String provider, String id) {
        return Optional.ofNullable(staged.get(provider + "/" + id));
    }

    /** There is nothing new of this key, or none that may be taken. */
    synchronized void forget(String name) {
        seen.remove(name);
        staged.remove(name);
    }

    /** What is found now failed in use before. */
    synchronized void refuse(String name, Credential key) {
        seen.remove(name);
        staged.put(
                name,
                Json.object()
                        .put("fingerprint", key.fingerprint())
                        .put("problem", "failed in use and was rolled back (expected: another key, or …/test of it)"));
    }

    /** A secret that is declared, or that a reference leads to. */
    synchronized void look(Provider provider, Credential found) {
        String name = ProviderKeys.name(provider.name(), found.id());
        if (found.secret().isEmpty() || provider.keys().active().contains(found)) {
            forget(name);
            return;
        }
        Seen before = seen.get(name);
        String fingerprint = found.fingerprint();
        long now = time.nanos().getAsLong();
        if (before == null || !before.fingerprint().equals(fingerprint)) {
            seen.put(name, new Seen(fingerprint, now, 0));
            staged.remove(name);
        } else if (now - before.notBefore() >= 0) {
            int tries = before.tries();
            seen.put(name, new Seen(fingerprint, now + (AGAIN_NANOS << tries), Math.min(tries + 1, MOST_DOUBLED)));
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
                    "key {}: what it is to be now is no key (expected: {}); the old one goes on", name, expected.get());
            return;
        }
        staged.put(name, view);
        probe.of(provider, key).thenAccept(result -> {
            if (result.verdict() == Probe.Verdict.GOOD) {
                good.accept(provider, key);
            } else {
                staged.put(
                        name,
                        Json.object().put("fingerprint", key.fingerprint()).<ObjectNode>set("tested", result.view()));
                LOG.warn(
                        "key {}: its new secret is not taken into use ({}, status {}); the old one goes on",
                        name,
                        result.verdict(),
                        result.status());
            }
        });
    }
}
