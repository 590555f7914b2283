package dev.penstock.surface.chat;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.ChatRequest.Sampling;
import dev.penstock.core.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a chat completion request into the hub (PROVIDERS 2.1). */
final class ChatReader {

    /** Members with a place of their own in the hub, or none of any provider's business. */
    private static final Set<String> READ = Set.of(
            "model",
            "messages",
            "tools",
            "tool_choice",
            "functions",
            "function_call",
            "parallel_tool_calls",
            "response_format",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "top_k",
            "stop",
            "reasoning_effort",
            "stream",
            "stream_options");

    /** Values that ask for nothing: a dialect that has no word for them ignores nothing. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "n", "1",
            "logprobs", "false",
            "store", "false",
            "presence_penalty", "0",
            "frequency_penalty", "0");

    private ChatReader() {}

    /** @throws dev.penstock.core.GatewayException that names the first member that cannot be read */
    static ChatRequest read(ObjectNode body) {
        Fields fields = new Fields(body, "");
        ChatTools tools = ChatTools.read(fields);
        return new ChatRequest(
                new ChatTurns().read(fields),
                tools.tools(),
                tools.choice(),
                fields.bool("parallel_tool_calls"),
                format(fields),
                sampling(fields),
                Boolean.TRUE.equals(fields.bool("stream")),
                extras(body));
    }

    private static Sampling sampling(Fields fields) {
        Integer limit = fields.integer("max_completion_tokens");
        return new Sampling(
                limit == null ? fields.integer("max_tokens") : limit,
                fields.number("temperature"),
                fields.number("top_p"),
                fields.integer("top_k"),
                stop(fields),
                fields.string("reasoning_effort"));
    }

    private static List<String> stop(Fields fields) {
        JsonNode stop = fields.get("stop");
        if (!fields.has("stop")) {
            return List.of();
        }
        if (stop.isString()) {
            return List.of(stop.stringValue());
        }
        if (!stop.isArray() || !stop.values().stream().allMatch(JsonNode::isString)) {
            throw fields.wrong("stop", "a string, or a list of strings");
        }
        return stop.values().stream().map(JsonNode::stringValue).toList();
    }

    private static @Nullable AnswerFormat format(Fields fields) {
        if (!fields.has("response_format")) {
            return null;
        }
        Fields format = fields.object("response_format");
        return switch (format.text("type")) {
            case "text" -> null;
            case "json_object" -> new AnswerFormat.JsonObject();
            case "json_schema" -> schema(format.object("json_schema"));
            default -> throw format.unknown("type", "text, json_object or json_schema");
        };
    }

    private static AnswerFormat schema(Fields schema) {
        JsonNode node = schema.has("schema") ? schema.object("schema").node() : Json.object();
        return new AnswerFormat.JsonSchema(
                schema.text("name"), schema.string("description"), node, schema.bool("strict"));
    }

    private static Map<String, JsonNode> extras(ObjectNode body) {
        Map<String, JsonNode> extras = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            if (!READ.contains(member.getKey()) && asksForSomething(member.getKey(), member.getValue())) {
                extras.put(member.getKey(), member.getValue());
            }
        }
        return extras;
    }

    private static boolean asksForSomething(String name, JsonNode value) {
        String nothing = DEFAULTS.get(name);
        return !value.isNull() && (nothing == null || !value.toString().equals(nothing));
    }
}
