package dev.penstock.security;

import dev.penstock.core.Json;
import dev.penstock.exchange.SecurityEvent;
import dev.penstock.exchange.SecurityEvents;
import dev.penstock.journal.Fold;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Reads along in the journal, and tells when records are missing in it. */
final class Gaps implements Fold {

    private final Supplier<SecurityEvents> events;

    Gaps(Supplier<SecurityEvents> events) {
        this.events = events;
    }

    @Override
    public String name() {
        return "security-gaps";
    }

    /** Those that are read again at a start were told before. */
    @Override
    public void apply(long seq, ObjectNode record) {
        if (Json.string(record, "type").equals("gap") && !record.has("seq")) {
            String missing = Long.toString(Json.integer(record, "missing"));
            events.get().tell(new SecurityEvent(SecurityEvent.Kind.AUDIT_GAP, "audit", Map.of("missing", missing)));
        }
    }

    @Override
    public ObjectNode snapshot() {
        return Json.object();
    }

    @Override
    public void restore(ObjectNode snapshot) {
        // there is nothing to remember
    }
}
