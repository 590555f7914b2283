package dev.penstock.keys;

import dev.penstock.core.Caller;
import dev.penstock.keys.CallerSettings.CallerKeyConfig;
import dev.penstock.keys.CallerSettings.ServiceConfig;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Callers by the digest of their key; made once a configuration. */
final class KeyTable {

    /**
     * A declared key.
     *
     * @param id its name among all keys
     * @param hex the digest, as a revocation names it
     */
    record Entry(String id, Digest digest, String hex, Caller caller, boolean loopbackOnly) {

        boolean same(Digest other) {
            return MessageDigest.isEqual(digest.bytes(), other.bytes());
        }
    }

    private final Map<Long, List<Entry>> byPrefix = new HashMap<>();
    private boolean hasLoopbackOnly;

    private KeyTable() {}

    static KeyTable of(CallerSettings settings) {
        KeyTable table = new KeyTable();
        settings.services().forEach((name, service) -> service.keys().forEach(key -> table.add(name, service, key)));
        return table;
    }

    /** Looks up by the digest's first bytes, then compares all of it in constant time. */
    @Nullable
    Entry find(String key) {
        Digest digest = Digest.of(key);
        List<Entry> bucket = byPrefix.get(digest.prefix());
        if (bucket == null) {
            return null;
        }
        for (int i = 0; i < bucket.size(); i++) {
            if (bucket.get(i).same(digest)) {
                return bucket.get(i);
            }
        }
        return null;
    }

    boolean hasLoopbackOnly() {
        return hasLoopbackOnly;
    }

    private void add(String name, ServiceConfig service, CallerKeyConfig key) {
        Digest digest = Digest.declared(key).orElse(null);
        if (digest == null) {
            return;
        }
        Caller caller = new Caller(name, service.team().orElse(""), key.id(), service.models());
        List<Entry> bucket = byPrefix.computeIfAbsent(digest.prefix(), ignored -> new ArrayList<>(1));
        bucket.add(new Entry(KeyStore.declaredId(name, key.id()), digest, digest.hex(), caller, key.loopbackOnly()));
        // named twice it is one key, and the stricter of the two
        if (key.loopbackOnly()) {
            bucket.replaceAll(it -> it.same(digest) ? new Entry(it.id(), digest, it.hex(), it.caller(), true) : it);
        }
        hasLoopbackOnly |= key.loopbackOnly();
    }
}
