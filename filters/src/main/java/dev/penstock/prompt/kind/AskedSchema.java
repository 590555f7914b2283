package dev.penstock.prompt.kind;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema as models are asked for it: the smallest common denominator (PROVIDERS 15). What it drops, the prompt says in
 * words and FitSchema checks.
 *
 * @param strict true where every object is closed and requires all of its fields, as OpenAI wants it; else not said
 */
record AskedSchema(JsonNode tree, @Nullable Boolean strict) {

    private static final Set<String> DROPPED = Set.of(
            "$schema",
            "$id",
            "$comment",
            "default",
            "examples",
            "minLength",
            "maxLength",
            "patternProperties",
            "propertyNames",
            "minProperties",
            "maxProperties",
            "contains",
            "uniqueItems",
            "unevaluatedProperties",
            "unevaluatedItems");

    static AskedSchema of(JsonNode schema) {
        JsonNode asked = without(schema, DROPPED);
        return new AskedSchema(asked, closed(asked) ? Boolean.TRUE : null);
    }

    /** The schema without our own keywords, which start with {@code x-}. */
    static JsonNode withoutExtensions(JsonNode schema) {
        return without(schema, Set.of());
    }

    private static JsonNode without(JsonNode schema, Set<String> keywords) {
        JsonNode copy = schema.deepCopy();
        strip(copy, keywords);
        return copy;
    }

    private static void strip(JsonNode schema, Set<String> keywords) {
        if (schema instanceof ObjectNode object) {
            List<String> names = List.copyOf(object.propertyNames());
            names.stream()
                    .filter(name -> name.startsWith("x-") || keywords.contains(name))
                    .forEach(object::remove);
            object.properties().forEach(member -> below(member.getKey(), member.getValue(), keywords));
        }
        if (schema instanceof ArrayNode array) {
            array.forEach(element -> strip(element, keywords));
        }
    }

    /** Below {@code properties} stand names of fields, which are no keywords. */
    private static void below(String keyword, JsonNode value, Set<String> keywords) {
        if (keyword.equals("properties") || keyword.equals("$defs")) {
            value.forEach(schema -> strip(schema, keywords));
        } else if (!keyword.equals("enum") && !keyword.equals("const")) {
            strip(value, keywords);
        }
    }

    private static boolean closed(JsonNode schema) {
        if (schema.has("oneOf") || schema.has("allOf") || schema.has("if") || schema.has("not")) {
            return false;
        }
        JsonNode fields = schema.path("properties");
        boolean isObject = schema.path("type").asString("").equals("object");
        if (isObject
                && (schema.path("additionalProperties").asBoolean(true)
                        || schema.path("required").size() != fields.size())) {
            return false;
        }
        for (JsonNode field : fields) {
            if (!closed(field)) {
                return false;
            }
        }
        return !schema.has("items") || closed(schema.get("items"));
    }
}
