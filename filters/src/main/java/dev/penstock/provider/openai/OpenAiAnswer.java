package dev.penstock.provider.openai;

import dev.penstock.core.ChatAnswer;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Facts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a whole answer. An error inside a 200, and a choice that does not say how it ended, are no answers. */
final class OpenAiAnswer {

    private OpenAiAnswer() {}

    static ChatAnswer decode(JsonNode body) {
        List<ChatAnswer.Choice> choices = new ArrayList<>();
        for (JsonNode choice : checked(body)) {
            choices.add(choice(choice, choices.size(), body));
        }
        return new ChatAnswer(Json.string(body, "id"), Json.string(body, "model"), choices, OpenAiUsage.in(body));
    }

    static Facts facts(JsonNode body) {
        String finish = OpenAiFinish.word(checked(body).path(0));
        return new Facts(Json.string(body, "model"), Json.string(body, "id"), OpenAiUsage.in(body), finish);
    }

    private static JsonNode checked(JsonNode body) {
        if (body.hasNonNull("error")) {
            throw new DecodeException("an error in an answer with status 200");
        }
        JsonNode choices = body.path("choices");
        if (!choices.isArray() || choices.isEmpty()) {
            throw new DecodeException("'choices' missing (expected: a list that is not empty)");
        }
        for (JsonNode choice : choices) {
            if (!choice.path("message").isObject()) {
                throw new DecodeException("a choice without 'message'");
            }
            String word = OpenAiFinish.word(choice);
            if (word.isEmpty()) {
                throw new DecodeException("a choice without 'finish_reason'");
            }
            OpenAiFinish.reason(word);
        }
        return choices;
    }

    private static ChatAnswer.Choice choice(JsonNode choice, int at, JsonNode root) {
        JsonNode index = choice.path("index");
        JsonNode logprobs = choice.path("logprobs");
        return new ChatAnswer.Choice(
                index.isInt() ? index.intValue() : at,
                parts(choice.path("message"), root),
                OpenAiFinish.reason(OpenAiFinish.word(choice)),
                null,
                logprobs.isObject() ? logprobs : null);
    }

    private static List<Part> parts(JsonNode message, JsonNode root) {
        List<Part> parts = new ArrayList<>(Thought.parts(message));
        String text = Content.text(message.path("content"));
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
        String refusal = Json.string(message, "refusal");
        if (!refusal.isEmpty()) {
            parts.add(new Part.Refusal(refusal));
        }
        CallIds ids = new CallIds();
        message.path("tool_calls").forEach(item -> parts.add(call(Call.of(item), ids, root)));
        if (message.path("function_call").isObject()) {
            parts.add(call(Call.legacy(message.path("function_call")), ids, root));
        }
        audio(message.path("audio"), parts);
        return parts;
    }

    private static Part call(Call call, CallIds ids, JsonNode root) {
        if (call.name().isEmpty()) {
            throw new DecodeException("a tool call without name");
        }
        return new Part.ToolCall(ids.unique(call.id(), call.name(), root), call.name(), call.arguments());
    }

    private static void audio(JsonNode audio, List<Part> parts) {
        if (audio.isObject()) {
            parts.add(new Part.Foreign(
                    "openai", Json.object().put("type", "audio").set("audio", audio)));
        }
    }
}
