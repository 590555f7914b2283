package dev.penstock.surface.chat;

import dev.penstock.core.GatewayException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the fields that are known to their types (PROVIDERS 2.1, 2.2), whatever lane the request will take; null is the same
 * as absent, and fields that are not known are nobody's business here.
 */
final class ChatTypes {

    /** What a value may be, in the words of the message. */
    private enum Type {
        TEXT("a string") {
            @Override
            boolean is(JsonNode value) {
                return value.isString();
            }
        },
        NUMBER("a number") {
            @Override
            boolean is(JsonNode value) {
                return value.isNumber();
            }
        },
        INTEGER("an integer") {
            @Override
            boolean is(JsonNode value) {
                return value.isIntegralNumber() && value.canConvertToLong();
            }
        },
        TOKENS("an integer") {
            @Override
            boolean is(JsonNode value) {
                return value.isIntegralNumber() && value.canConvertToInt();
            }
        },
        COUNT("an integer from 1") {
            @Override
            boolean is(JsonNode value) {
                return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0;
            }
        },
        SWITCH("true or false") {
            @Override
            boolean is(JsonNode value) {
                return value.isBoolean();
            }
        },
        OBJECT("an object") {
            @Override
            boolean is(JsonNode value) {
                return value.isObject();
            }
        },
        LIST("a list") {
            @Override
            boolean is(JsonNode value) {
                return value.isArray();
            }
        },
        TEXT_OR_LIST("a string, or a list") {
            @Override
            boolean is(JsonNode value) {
                return value.isString() || value.isArray();
            }
        },
        TEXTS("a string, or a list of strings") {
            @Override
            boolean is(JsonNode value) {
                return value.isString()
                        || value.isArray() && value.valueStream().allMatch(JsonNode::isString);
            }
        },
        TEXT_OR_OBJECT("a string, or an object") {
            @Override
            boolean is(JsonNode value) {
                return value.isString() || value.isObject();
            }
        };

        private final String words;

        Type(String words) {
            this.words = words;
        }

        abstract boolean is(JsonNode value);
    }

    /** A table that is read for each member of each request: those of {@code Map.of} look longer for what they have not. */
    private static final Map<String, Type> BODY = new HashMap<>(Map.ofEntries(
            Map.entry("model", Type.TEXT),
            Map.entry("messages", Type.LIST),
            Map.entry("stream", Type.SWITCH),
            Map.entry("stream_options", Type.OBJECT),
            Map.entry("temperature", Type.NUMBER),
            Map.entry("top_p", Type.NUMBER),
            Map.entry("top_k", Type.INTEGER),
            Map.entry("presence_penalty", Type.NUMBER),
            Map.entry("frequency_penalty", Type.NUMBER),
            Map.entry("n", Type.COUNT),
            Map.entry("max_tokens", Type.TOKENS),
            Map.entry("max_completion_tokens", Type.TOKENS),
            Map.entry("seed", Type.INTEGER),
            Map.entry("stop", Type.TEXTS),
            Map.entry("logprobs", Type.SWITCH),
            Map.entry("top_logprobs", Type.INTEGER),
            Map.entry("logit_bias", Type.OBJECT),
            Map.entry("user", Type.TEXT),
            Map.entry("safety_identifier", Type.TEXT),
            Map.entry("prompt_cache_key", Type.TEXT),
            Map.entry("reasoning_effort", Type.TEXT),
            Map.entry("verbosity", Type.TEXT),
            Map.entry("service_tier", Type.TEXT),
            Map.entry("store", Type.SWITCH),
            Map.entry("metadata", Type.OBJECT),
            Map.entry("tools", Type.LIST),
            Map.entry("tool_choice", Type.TEXT_OR_OBJECT),
            Map.entry("parallel_tool_calls", Type.SWITCH),
            Map.entry("functions", Type.LIST),
            Map.entry("function_call", Type.TEXT_OR_OBJECT),
            Map.entry("response_format", Type.OBJECT),
            Map.entry("modalities", Type.LIST),
            Map.entry("audio", Type.OBJECT),
            Map.entry("prediction", Type.OBJECT),
            Map.entry("web_search_options", Type.OBJECT)));

    private static final Map<String, Type> STREAM_OPTIONS = Map.of("include_usage", Type.SWITCH);

    private static final Map<String, Type> TOOL = Map.of("type", Type.TEXT, "function", Type.OBJECT);

    private static final Map<String, Type> PART = Map.of("type", Type.TEXT);

    private static final Map<String, Type> MESSAGE = new HashMap<>(Map.of(
            "role", Type.TEXT,
            "content", Type.TEXT_OR_LIST,
            "name", Type.TEXT,
            "refusal", Type.TEXT,
            "tool_calls", Type.LIST,
            "tool_call_id", Type.TEXT,
            "function_call", Type.OBJECT));

    private ChatTypes() {}

    /** Whether a member of a request is one of those. */
    static boolean knows(String member) {
        return BODY.containsKey(member);
    }

    /** @throws GatewayException that names the first field of another type */
    static void check(ObjectNode body) {
        check(body, "", BODY);
        if (body.path("stream_options") instanceof ObjectNode options) {
            check(options, "stream_options.", STREAM_OPTIONS);
        }
        items(body.path("tools"), "tools", TOOL);
        JsonNode messages = body.path("messages");
        items(messages, "messages", MESSAGE);
        for (int at = 0; at < messages.size(); at++) {
            JsonNode message = messages.get(at);
            if (!message.hasNonNull("role")) {
                throw GatewayException.invalid(
                        "messages[" + at + "].role", Fields.kind(message.path("role")), "a string");
            }
            JsonNode content = message.path("content");
            if (content.isArray()) {
                items(content, "messages[" + at + "].content", PART);
            }
        }
    }

    private static void items(JsonNode list, String name, Map<String, Type> types) {
        for (int at = 0; at < list.size(); at++) {
            JsonNode item = list.get(at);
            if (!(item instanceof ObjectNode object)) {
                throw GatewayException.invalid(name + "[" + at + "]", Fields.kind(item), "an object");
            }
            Map.Entry<String, JsonNode> wrong = wrong(object, types);
            if (wrong != null) {
                throw invalid(name + "[" + at + "].", wrong, types);
            }
        }
    }

    private static void check(ObjectNode object, String prefix, Map<String, Type> types) {
        Map.Entry<String, JsonNode> wrong = wrong(object, types);
        if (wrong != null) {
            throw invalid(prefix, wrong, types);
        }
    }

    /** The first member of another type; null when all are right. */
    private static Map.@Nullable Entry<String, JsonNode> wrong(ObjectNode object, Map<String, Type> types) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Type type = types.get(member.getKey());
            if (type != null
                    && !type.is(member.getValue())
                    && !member.getValue().isNull()) {
                return member;
            }
        }
        return null;
    }

    private static GatewayException invalid(String prefix, Map.Entry<String, JsonNode> wrong, Map<String, Type> types) {
        return GatewayException.invalid(
                prefix + wrong.getKey(), Fields.kind(wrong.getValue()), types.get(wrong.getKey()).words);
    }
}
