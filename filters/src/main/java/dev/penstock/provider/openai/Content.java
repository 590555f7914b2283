package dev.penstock.provider.openai;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;

/** The {@code content} of an answer: a string, or a list of parts as Mistral has it. */
final class Content {

    private Content() {}

    static String text(JsonNode content) {
        return content.isString() ? content.stringValue() : joined(content, "text");
    }

    /** The text of parts of type {@code thinking}; they hold a list of text parts, or a string. */
    static String thinking(JsonNode content) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (Json.string(part, "type").equals("thinking")) {
                text.append(text(part.path("thinking")));
            }
        }
        return text.toString();
    }

    private static String joined(JsonNode parts, String type) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : parts) {
            if (Json.string(part, "type").equals(type)) {
                text.append(Json.string(part, "text"));
            }
        }
        return text.toString();
    }
}
