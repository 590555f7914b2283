package dev.penstock.keys;

import dev.penstock.store.register.Register;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys that were issued, by what is stored of their secrets, and the declared ones that were revoked. Asked from memory;
 * only a secret that is not known here is looked for in the register first, since another instance may just have issued it.
 * Thread-safe.
 */
public final class KeyStore {

    private static final Logger LOG = LoggerFactory.getLogger(KeyStore.class);

    private final Register register;
    private final Pepper pepper;
    private final Clock clock;
    private final Duration patience;
    private final Misses misses;
    private final FirstRead first;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile Index index = new Index(Map.of(), Set.of(), false);

    /** @param patience how long one that is not known here may be looked for */
    KeyStore(Register register, Pepper pepper, Duration patience, Clock clock) {
        this.patience = patience;
        this.register = register;
        this.pepper = pepper;
        this.clock = clock;
        this.misses = new Misses(clock);
        this.first = new FirstRead(register, () -> index.known(), patience);
        register.follow(this::read);
    }

    /**
     * @param revoked digests of declared keys, whatever these are called
     * @param known whether it was made of what was read since the start; the register is known a moment sooner
     */
    private record Index(Map<String, Held> byDigest, Set<String> revoked, boolean known) {}

    private record Held(IssuedKey key, Optional<Instant> until) {}

    /** What is known of a secret. */
    record Lookup(IssuedKey key, IssuedKey.State state) {}

    private void read(Map<String, ObjectNode> documents) {
        Map<String, Held> byDigest = new HashMap<>();
        for (IssuedKey key : IssuedKey.in(documents, this::tell)) {
            key.secrets().forEach(secret -> byDigest.put(secret.digest(), new Held(key, secret.until())));
        }
        index = new Index(byDigest, Set.copyOf(Revocations.in(documents).keySet()), register.isKnown());
        misses.clear();
    }

    private void tell(String unreadable) {
        if (told.add(unreadable)) {
            LOG.warn(
                    "key '{}' cannot be read, so it is good for nothing (expected: instants in UTC, as the gateway wrote it)",
                    unreadable);
        }
    }

    /** To be over before anything else is asked. */
    FirstRead first() {
        return first;
    }

    /**
     * Finds the key of a secret of the right form. Empty when there is none; the future fails when it is not known here and the store
     * does not answer.
     */
    CompletableFuture<Optional<Lookup>> find(String secret) {
        Lookup known = known(secret);
        if (known != null) {
            return CompletableFuture.completedFuture(Optional.of(known));
        }
        String digest = pepper.digest(secret);
        if (misses.has(digest)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return register.refresh()
                .copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(read -> {
                    Optional<Lookup> found = Optional.ofNullable(known(secret));
                    if (found.isEmpty()) {
                        misses.add(digest);
                    }
                    return found;
                });
    }

    private @Nullable Lookup known(String secret) {
        Map<String, Held> byDigest = index.byDigest();
        for (String digest : pepper.candidates(secret)) {
            Held held = byDigest.get(digest);
            if (held != null) {
                return lookup(held);
            }
        }
        return null;
    }

    /** A secret whose overlap is over is as good as an expired key. */
    private Lookup lookup(Held held) {
        Instant now = clock.instant();
        IssuedKey.State state = held.key().at(now);
        boolean over = state == IssuedKey.State.ACTIVE && IssuedKey.isOver(held.until(), now);
        return new Lookup(held.key(), over ? IssuedKey.State.EXPIRED : state);
    }

    /** Whether a declared key was revoked, under this name or another; another secret under the same name is another key. */
    boolean isRevoked(String digest) {
        return index.revoked().contains(digest);
    }

    /** What a declared key is called among all keys. */
    static String declaredId(String service, String key) {
        return service + ":" + key;
    }
}
