package dev.penstock.provider.anthropic;

import dev.penstock.core.ChatAnswer;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Facts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a whole message (PROVIDERS 4.3). Blocks of the provider's own tools are {@link Part.Foreign}: their calls are not the
 * caller's to answer.
 */
final class AnthropicAnswer {

    private final JsonNode body;
    private final List<Part> parts = new ArrayList<>();
    private final List<Part> jsonTexts = new ArrayList<>();
    private int calls;

    private AnthropicAnswer(JsonNode body) {
        this.body = body;
    }

    static ChatAnswer of(JsonNode body) {
        check(body);
        return new AnthropicAnswer(body).read();
    }

    static Facts facts(JsonNode body) {
        check(body);
        return new Facts(
                Json.string(body, "model"),
                Json.string(body, "id"),
                AnthropicUsage.of(body.path("usage")),
                Json.string(body, "stop_reason"));
    }

    private static void check(JsonNode body) {
        if (body.path("error").isObject()) {
            String type = Json.string(body.path("error"), "type");
            throw new DecodeException("'error' " + type + " in an answer with status 200 (expected: a message)");
        }
        if (!body.path("content").isArray()) {
            throw new DecodeException("'content' " + body.path("content").getNodeType() + " (expected: ARRAY)");
        }
        if (Json.string(body, "stop_reason").isEmpty()) {
            throw new DecodeException("'stop_reason' missing (expected: why the answer ended)");
        }
    }

    private ChatAnswer read() {
        body.path("content").forEach(this::read);
        FinishReason finish = StopReasons.of(Json.string(body, "stop_reason"), calls, jsonTexts.size());
        ChatAnswer.Choice choice = new ChatAnswer.Choice(0, parts(finish), finish, stopSequence(), null);
        return new ChatAnswer(
                Json.string(body, "id"),
                Json.string(body, "model"),
                List.of(choice),
                AnthropicUsage.of(body.path("usage")));
    }

    private void read(JsonNode block) {
        switch (Json.string(block, "type")) {
            case "text" -> addText(Json.string(block, "text"));
            case "thinking" -> parts.add(thinking(block));
            case "redacted_thinking" -> parts.add(new Part.Reasoning("", null, Json.string(block, "data")));
            case "tool_use" -> readCall(block);
            default -> parts.add(new Part.Foreign(AnthropicDialect.NAME, block));
        }
    }

    private void addText(String text) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }

    private static Part thinking(JsonNode block) {
        String signature = Json.string(block, "signature");
        return new Part.Reasoning(Json.string(block, "thinking"), signature.isEmpty() ? null : signature, null);
    }

    private void readCall(JsonNode block) {
        String name = Json.string(block, "name");
        JsonNode input = block.path("input").isObject() ? block.path("input") : Json.object();
        if (JsonTool.is(name)) {
            jsonTexts.add(new Part.Text(JsonTool.text(name, input)));
        } else {
            parts.add(new Part.ToolCall(Json.string(block, "id"), name, Json.LENIENT_DEPTH.text(input)));
            calls++;
        }
    }

    /** A JSON answer replaces the text around it, unless the model called a real tool instead (PROVIDERS 13.4). */
    private List<Part> parts(FinishReason finish) {
        if (!jsonTexts.isEmpty() && calls == 0) {
            parts.removeIf(Part.Text.class::isInstance);
            parts.addAll(jsonTexts);
        }
        String explanation = Json.string(body.path("stop_details"), "explanation");
        boolean silent = parts.stream().noneMatch(Part.Text.class::isInstance);
        if (finish == FinishReason.CONTENT_FILTER && silent && !explanation.isEmpty()) {
            parts.add(new Part.Refusal(explanation));
        }
        return List.copyOf(parts);
    }

    private @Nullable String stopSequence() {
        String met = Json.string(body, "stop_sequence");
        return met.isEmpty() ? null : met;
    }
}
