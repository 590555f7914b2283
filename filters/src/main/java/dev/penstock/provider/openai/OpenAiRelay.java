package dev.penstock.provider.openai;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The caller's own body on its way: the model is set, usage of a stream is asked for, nothing else changes. */
final class OpenAiRelay {

    private OpenAiRelay() {}

    /** A shallow copy; {@code body} is not changed. */
    static ObjectNode body(ObjectNode body, String model, int cap) {
        ObjectNode copy = shallow(body);
        copy.put("model", model);
        if (cap > 0) {
            cap(copy, cap);
        }
        if (body.path("stream").asBoolean(false)) {
            copy.set("stream_options", withUsage(body.path("stream_options")));
        }
        return copy;
    }

    /** Older compatibles know only the field that their callers use; of two, which one a provider heeds is its own affair. */
    private static void cap(ObjectNode copy, int cap) {
        boolean old = copy.hasNonNull("max_tokens");
        if (old) {
            copy.put("max_tokens", cap);
        }
        if (!old || copy.hasNonNull("max_completion_tokens")) {
            copy.put("max_completion_tokens", cap);
        }
    }

    private static ObjectNode withUsage(JsonNode options) {
        ObjectNode copy = options instanceof ObjectNode sent ? shallow(sent) : Json.object();
        return copy.put("include_usage", true);
    }

    private static ObjectNode shallow(ObjectNode node) {
        ObjectNode copy = Json.object();
        node.properties().forEach(member -> copy.set(member.getKey(), member.getValue()));
        return copy;
    }
}
