package dev.penstock.provider.openai;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;

/**
 * A tool call, or a fragment of one, as it stands on the wire.
 *
 * @param index -1 where there is none
 * @param arguments a piece of JSON text; {@code ""} where there is none
 */
record Call(int index, String id, String name, String arguments) {

    /** An item of {@code tool_calls}; custom tools have {@code input} in place of {@code arguments}. */
    static Call of(JsonNode item) {
        JsonNode index = item.path("index");
        JsonNode function = item.path("function").isObject() ? item.path("function") : item.path("custom");
        return new Call(
                index.isInt() ? index.intValue() : -1,
                Json.string(item, "id"),
                Json.string(function, "name"),
                text(function.has("arguments") ? function.path("arguments") : function.path("input")));
    }

    /** The {@code function_call} of models older than tools: at most one, without id. */
    static Call legacy(JsonNode function) {
        return new Call(Integer.MAX_VALUE, "", Json.string(function, "name"), text(function.path("arguments")));
    }

    /** Some services send arguments as an object. */
    private static String text(JsonNode arguments) {
        if (arguments.isString()) {
            return arguments.stringValue();
        }
        return arguments.isObject() ? Json.LENIENT_DEPTH.text(arguments) : "";
    }
}
