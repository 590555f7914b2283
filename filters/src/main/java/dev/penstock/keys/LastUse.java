package dev.penstock.keys;

import dev.penstock.core.Json;
import dev.penstock.store.register.Register;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** When keys were used last, to the minute; kept about once a minute, so that no request waits for it. Thread-safe. */
final class LastUse {

    private static final long MINUTE_MILLIS = 60_000;

    private final Register register;
    private final Clock clock;
    private final Map<String, Long> minutes = new ConcurrentHashMap<>();

    LastUse(Register register, Clock clock) {
        this.register = register;
        this.clock = clock;
    }

    void used(String id) {
        long now = clock.millis() / MINUTE_MILLIS;
        Long before = minutes.get(id);
        if (before == null || before < now) {
            minutes.put(id, now);
        }
    }

    /** Keeps what is new. The minute is the document's revision, so that of several instances the latest holds. */
    void keep() {
        Map<String, ObjectNode> documents = new HashMap<>();
        Map<String, ObjectNode> kept = register.all();
        minutes.forEach((id, minute) -> {
            ObjectNode before = kept.get(id);
            if (before == null || Json.integer(before, Register.REVISION) < minute) {
                documents.put(id, Json.object().put(Register.REVISION, minute));
            }
        });
        if (!documents.isEmpty()) {
            register.merge(documents);
        }
    }

    Optional<Instant> of(String id) {
        ObjectNode kept = register.all().get(id);
        long minute = Math.max(minutes.getOrDefault(id, 0L), kept == null ? 0 : Json.integer(kept, Register.REVISION));
        return minute == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(minute * MINUTE_MILLIS));
    }
}
