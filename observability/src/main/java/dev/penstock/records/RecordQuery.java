package dev.penstock.records;

import dev.penstock.core.Json;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which records are wanted; an empty word takes any.
 *
 * @param from inclusive
 * @param to exclusive
 * @param model as it was asked for, or as it answered
 * @param type such as {@code outcome}
 * @param hmac of what was sent or answered, or of a single text of it
 */
public record RecordQuery(
        Instant from, Instant to, String service, String model, String outcome, String type, String hmac) {

    boolean takes(ObjectNode record) {
        Instant time = Instant.parse(Json.string(record, "time"));
        return !time.isBefore(from)
                && time.isBefore(to)
                && is(service, record.path("who"), "service")
                && is(outcome, record, "outcome")
                && is(type, record, "type")
                && (hmac.isEmpty() || holds(record.path("sent")) || holds(record.path("answer")))
                && isModel(record);
    }

    private boolean holds(JsonNode said) {
        return is(hmac, said, "hmac")
                || said.path("texts").valueStream().anyMatch(text -> hmac.equals(text.asString("")));
    }

    private boolean isModel(JsonNode record) {
        return model.isEmpty()
                || is(model, record.path("what"), "model")
                || is(model, record.path("target"), "model")
                || is(model, record, "model");
    }

    private static boolean is(String wanted, JsonNode node, String member) {
        return wanted.isEmpty() || Json.string(node, member).equals(wanted);
    }
}
