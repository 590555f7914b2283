package dev.penstock.records.index;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is kept of a record: a number of eight bytes each. */
enum Column {
    /** Milliseconds since 1970. */
    TIME(record -> Words.millis(word(record, "time"))),
    /** Filled by the place, not by the record. */
    OFFSET(record -> 0),
    /** Likewise. */
    SEQ(record -> 0),
    TYPE(record -> hash(record, "type")),
    SERVICE(record -> hash(record.path("who"), "service")),
    OUTCOME(record -> hash(record, "outcome")),
    /** As asked for. */
    ASKED(record -> hash(record.path("what"), "model")),
    /** As it was chosen, or answered. */
    RAN(record -> record.has("target") ? hash(record.path("target"), "model") : hash(record, "model")),
    HMAC(record -> record.has("sent") ? hash(record.path("sent"), "hmac") : hash(record.path("answer"), "hmac")),
    CALL(record -> hash(record, "call")),
    REQUEST(record -> hash(record, "request_id"));

    private final ToLongFunction<JsonNode> value;

    Column(ToLongFunction<JsonNode> value) {
        this.value = value;
    }

    long of(JsonNode record) {
        return value.applyAsLong(record);
    }

    private static long hash(JsonNode node, String member) {
        return Words.hash(word(node, member));
    }

    private static @Nullable String word(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isString() ? value.stringValue() : null;
    }
}
