package dev.penstock.audit.content;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;

/** What a text is sealed under: one moved to another record does not open. */
public final class ContentId {

    private ContentId() {}

    /** Of an intent's {@code sent}, or an outcome's {@code answer}. */
    public static String of(JsonNode record, String of) {
        String intent = Json.string(record, "intent");
        return (intent.isEmpty() ? Json.string(record, "call") : intent) + "/" + of;
    }
}
