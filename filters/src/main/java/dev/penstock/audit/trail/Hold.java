package dev.penstock.audit.trail;

import dev.penstock.core.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps records from being deleted, whatever their age.
 *
 * @param service whose; empty for all
 * @param from inclusive
 * @param to exclusive
 * @param reason in the administrator's words
 */
public record Hold(String id, String service, Instant from, Instant to, String reason, Instant since) {

    boolean holds(JsonNode record) {
        return (service.isEmpty() || service.equals(Json.string(record.path("who"), "service"))) && holds(time(record));
    }

    private boolean holds(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    /** Whether it may hold something of this time, whoever's. */
    boolean touches(Instant begin, Instant end) {
        return begin.isBefore(to) && !end.isBefore(from);
    }

    /** Whether it keeps a service's texts from being erased. */
    public boolean covers(String of) {
        return service.isEmpty() || service.equals(of);
    }

    /** A record without a time is held, to be sure. */
    static Instant time(JsonNode record) {
        try {
            return Instant.parse(Json.string(record, "time"));
        } catch (DateTimeParseException none) {
            return Instant.MAX;
        }
    }

    public ObjectNode json() {
        return Json.object()
                .put("id", id)
                .put("service", service)
                .put("from", from.toString())
                .put("to", to.toString())
                .put("reason", reason)
                .put("since", since.toString());
    }

    static Hold of(JsonNode json) {
        return new Hold(
                Json.string(json, "id"),
                Json.string(json, "service"),
                Instant.parse(Json.string(json, "from")),
                Instant.parse(Json.string(json, "to")),
                Json.string(json, "reason"),
                Instant.parse(Json.string(json, "since")));
    }
}
