package dev.penstock.prompt;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;

/** The text of a whole answer in OpenAI's chat form; empty for a refusal or a tool call. */
final class AnswerText {

    private AnswerText() {}

    static String of(JsonNode body) {
        JsonNode content = body.path("choices").path(0).path("message").path("content");
        if (!content.isArray()) {
            return content.isString() ? content.stringValue() : "";
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(Json.string(part, "text")));
        return text.toString();
    }
}
