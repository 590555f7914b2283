package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the mock reads of an OpenAI chat request. Fields of a wrong type count as absent. */
record Asking(ObjectNode body) {

    private static final int MOST_CHOICES = 128;

    List<JsonNode> messages() {
        return body.path("messages").valueStream().filter(JsonNode::isObject).toList();
    }

    /** The request's {@code seed}, else the hash of its messages. */
    long seed() {
        JsonNode seed = body.path("seed");
        return seed.isIntegralNumber() ? seed.longValue() : Hash.of(body.path("messages"));
    }

    boolean streams() {
        return body.path("stream").asBoolean(false);
    }

    boolean wantsUsage() {
        return body.path("stream_options").path("include_usage").asBoolean(false);
    }

    boolean wantsLogprobs() {
        return body.path("logprobs").asBoolean(false);
    }

    int topLogprobs() {
        return (int) Math.min(20, Math.max(0, Json.integer(body, "top_logprobs")));
    }

    int choices() {
        return (int) Math.min(MOST_CHOICES, Math.max(1, Json.integer(body, "n")));
    }

    /** The most tokens of the answer; {@link Integer#MAX_VALUE} when the request has no cap. */
    int cap() {
        long cap = Math.max(Json.integer(body, "max_completion_tokens"), Json.integer(body, "max_tokens"));
        return cap < 1 ? Integer.MAX_VALUE : (int) Math.min(cap, Integer.MAX_VALUE);
    }

    List<String> stops() {
        JsonNode stop = body.path("stop");
        List<String> stops = new ArrayList<>();
        if (stop.isString()) {
            stops.add(stop.stringValue());
        }
        stop.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue).forEach(stops::add);
        stops.removeIf(String::isEmpty);
        return stops;
    }

    List<JsonNode> tools() {
        return body.path("tools").valueStream().filter(JsonNode::isObject).toList();
    }

    JsonNode toolChoice() {
        return body.path("tool_choice");
    }

    boolean parallelCalls() {
        return body.path("parallel_tool_calls").asBoolean(true);
    }

    /** {@code text}, {@code json_object}, {@code json_schema} or empty. */
    String format() {
        return Json.string(body.path("response_format"), "type");
    }

    /** The name of the schema that is asked for; empty when there is none. */
    String schemaName() {
        return Json.string(body.path("response_format").path("json_schema"), "name");
    }

    JsonNode schema() {
        return body.path("response_format").path("json_schema").path("schema");
    }

    /** The text of the last message of this role; empty when there is none. */
    String last(String role) {
        String found = "";
        for (JsonNode message : messages()) {
            found = Json.string(message, "role").equals(role) ? text(message) : found;
        }
        return found;
    }

    /** The text of all system and developer messages. */
    String system() {
        return messages().stream()
                .filter(message -> List.of("system", "developer").contains(Json.string(message, "role")))
                .map(Asking::text)
                .collect(Collectors.joining("\n"));
    }

    /** The role of the last message; empty when there is none. */
    String lastRole() {
        List<JsonNode> messages = messages();
        return messages.isEmpty() ? "" : Json.string(messages.get(messages.size() - 1), "role");
    }

    /** About 4 bytes a token, and 4 tokens a message for its frame. */
    long promptTokens() {
        long frames = 4L * messages().size();
        long tools = body.path("tools").isEmpty() ? 0 : Pieces.count(Json.LENIENT_DEPTH.text(body.path("tools")));
        return frames
                + tools
                + messages().stream().mapToLong(m -> Pieces.count(spoken(m))).sum();
    }

    /** A message's text: its string, or its text parts joined. */
    static String text(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isString()) {
            return content.stringValue();
        }
        return content.valueStream().map(part -> Json.string(part, "text")).collect(Collectors.joining("\n"));
    }

    private static String spoken(JsonNode message) {
        String calls = message.path("tool_calls").isEmpty() ? "" : Json.LENIENT_DEPTH.text(message.path("tool_calls"));
        return text(message) + calls;
    }
}
