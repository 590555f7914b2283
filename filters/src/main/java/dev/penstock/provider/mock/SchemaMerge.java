package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One schema that asks for what two ask for together. Of two patterns or formats the first stands. */
final class SchemaMerge {

    private static final Set<String> LOWER_BOUNDS =
            Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains");
    private static final Set<String> UPPER_BOUNDS =
            Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains");

    private SchemaMerge() {}

    /** Neither argument is changed. */
    static ObjectNode of(ObjectNode one, ObjectNode other) {
        ObjectNode merged = Json.object().setAll(one);
        for (var member : other.properties()) {
            JsonNode own = merged.get(member.getKey());
            merged.set(
                    member.getKey(), own == null ? member.getValue() : both(member.getKey(), own, member.getValue()));
        }
        return merged;
    }

    private static JsonNode both(String keyword, JsonNode one, JsonNode other) {
        if (LOWER_BOUNDS.contains(keyword) || UPPER_BOUNDS.contains(keyword)) {
            boolean otherIsLess = other.asDouble(0) < one.asDouble(0);
            return otherIsLess == UPPER_BOUNDS.contains(keyword) ? other : one;
        }
        return switch (keyword) {
            case "properties" -> properties(one, other);
            case "required" -> union(one, other);
            case "enum" -> common(one, other);
            case "type" -> types(one, other);
            case "additionalProperties" -> SchemaTypes.never(other) ? other : one;
            case "items" -> all(one, other);
            default -> one;
        };
    }

    private static JsonNode properties(JsonNode one, JsonNode other) {
        ObjectNode merged = Json.object();
        one.properties().forEach(member -> merged.set(member.getKey(), member.getValue()));
        for (var member : other.properties()) {
            JsonNode own = merged.get(member.getKey());
            merged.set(member.getKey(), own == null ? member.getValue() : all(own, member.getValue()));
        }
        return merged;
    }

    private static JsonNode all(JsonNode one, JsonNode other) {
        ObjectNode both = Json.object();
        both.putArray("allOf").add(one).add(other);
        return both;
    }

    private static ArrayNode union(JsonNode one, JsonNode other) {
        ArrayNode union = Json.object().putArray("union");
        one.forEach(union::add);
        for (JsonNode item : other) {
            if (one.valueStream().noneMatch(item::equals)) {
                union.add(item);
            }
        }
        return union;
    }

    private static ArrayNode common(JsonNode one, JsonNode other) {
        ArrayNode common = Json.object().putArray("common");
        one.valueStream()
                .filter(item -> other.valueStream().anyMatch(item::equals))
                .forEach(common::add);
        return common;
    }

    private static JsonNode types(JsonNode one, JsonNode other) {
        ArrayNode common = Json.object().putArray("types");
        for (String type : SchemaTypes.of(one)) {
            if (SchemaTypes.of(other).contains(type)) {
                common.add(type);
            } else if (SchemaTypes.of(other).contains("number") && type.equals("integer")) {
                common.add("integer");
            } else if (SchemaTypes.of(other).contains("integer") && type.equals("number")) {
                common.add("integer");
            }
        }
        return common.isEmpty() ? one : common;
    }
}
