package dev.penstock.provider.mock;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code type} keyword: one name, several, or none. */
final class SchemaTypes {

    private static final Map<String, String> HINTS = Map.ofEntries(
            Map.entry("properties", "object"),
            Map.entry("required", "object"),
            Map.entry("additionalProperties", "object"),
            Map.entry("minProperties", "object"),
            Map.entry("items", "array"),
            Map.entry("prefixItems", "array"),
            Map.entry("minItems", "array"),
            Map.entry("minimum", "number"),
            Map.entry("maximum", "number"),
            Map.entry("exclusiveMinimum", "number"),
            Map.entry("multipleOf", "number"));

    private SchemaTypes() {}

    /** The names, in the schema's order; empty when there are none. */
    static List<String> of(JsonNode type) {
        Stream<JsonNode> names = type.isArray() ? type.valueStream() : Stream.of(type);
        return names.filter(JsonNode::isString).map(JsonNode::stringValue).toList();
    }

    /** The type to make: the first that is not null, else what the schema's other keywords speak of, else a string. */
    static String preferred(ObjectNode schema) {
        List<String> names = of(schema.path("type"));
        if (!names.isEmpty()) {
            return names.stream()
                    .filter(name -> !name.equals("null"))
                    .findFirst()
                    .orElse("null");
        }
        return schema.propertyNames().stream()
                .filter(HINTS::containsKey)
                .map(HINTS::get)
                .findFirst()
                .orElse("string");
    }

    /** Whether nothing fits: the schema {@code false}. */
    static boolean never(JsonNode schema) {
        return schema.isBoolean() && !schema.booleanValue();
    }

    /** Whether a value has the type that JSON Schema calls {@code name}; 1.0 is an integer. */
    static boolean has(JsonNode value, String name) {
        return switch (name) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "number" -> value.isNumber();
            case "integer" -> value.isNumber() && Math.rint(value.doubleValue()) == value.doubleValue();
            default -> false;
        };
    }
}
