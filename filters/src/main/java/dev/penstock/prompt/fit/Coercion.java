package dev.penstock.prompt.fit;

import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says the same in the types of a schema: digits in quotes for a number, one value for a list of it, a key in another case, an
 * object in quotes. What would need a guess stays as it is: a number is no text, and a text is no list of its words.
 */
final class Coercion {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONGEST_NUMBER = 40;

    private Coercion() {}

    /** A copy that fits better, or the same. */
    static ObjectNode of(ObjectNode object, JsonNode schema) {
        return object(object, schema);
    }

    private static JsonNode value(JsonNode value, JsonNode schema) {
        return switch (Json.string(schema, "type")) {
            case "object" -> toObject(value, schema);
            case "array" -> toArray(value, schema);
            case "string" -> text(value, schema);
            case "integer", "number" ->
                value.isString() ? number(value.stringValue().strip(), value) : value;
            case "boolean" -> value.isString() ? bool(value.stringValue().strip(), value) : value;
            default -> value;
        };
    }

    private static JsonNode toObject(JsonNode value, JsonNode schema) {
        JsonNode read = value.isString() ? read(value.stringValue(), '{').orElse(value) : only(value);
        return read instanceof ObjectNode object ? object(object, schema) : value;
    }

    private static ObjectNode object(ObjectNode object, JsonNode schema) {
        JsonNode properties = schema.path("properties");
        ObjectNode fitted = renamed(object, properties);
        for (String name : List.copyOf(fitted.propertyNames())) {
            JsonNode rule = properties.path(name);
            if (fitted.get(name).isNull() && !isRequired(schema, name)) {
                fitted.remove(name);
            } else if (!rule.isMissingNode()) {
                fitted.set(name, value(fitted.get(name), rule));
            }
        }
        return fitted;
    }

    private static boolean isRequired(JsonNode schema, String name) {
        for (JsonNode required : schema.path("required")) {
            if (required.asString("").equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** {@code callToAction} and {@code Call-to-action} are {@code call_to_action}, where nothing else is. */
    private static ObjectNode renamed(ObjectNode object, JsonNode properties) {
        ObjectNode renamed = NODES.objectNode();
        for (var member : object.properties()) {
            String name = member.getKey();
            List<String> same = new ArrayList<>();
            if (!properties.has(name)) {
                properties.propertyNames().forEach(known -> {
                    if (plain(known).equals(plain(name)) && !object.has(known) && !renamed.has(known)) {
                        same.add(known);
                    }
                });
            }
            renamed.set(same.size() == 1 ? same.get(0) : name, member.getValue());
        }
        return renamed;
    }

    private static String plain(String name) {
        return name.replaceAll("[_\\-\\s]", "").toLowerCase(Locale.ROOT);
    }

    private static JsonNode toArray(JsonNode value, JsonNode schema) {
        JsonNode read = value.isString() ? read(value.stringValue(), '[').orElse(value) : value;
        ArrayNode array = NODES.arrayNode();
        if (read.isArray()) {
            read.forEach(element -> addTo(array, element, schema));
        } else {
            addTo(array, read, schema);
        }
        return array.isEmpty() && !read.isArray() ? value : array;
    }

    private static void addTo(ArrayNode array, JsonNode element, JsonNode schema) {
        if (!element.isNull()) {
            array.add(value(element, schema.path("items")));
        }
    }

    private static JsonNode text(JsonNode value, JsonNode schema) {
        JsonNode one = only(value);
        if (!one.isString()) {
            return value;
        }
        String stripped = one.stringValue().strip();
        for (JsonNode word : schema.path("enum")) {
            if (word.asString("").equalsIgnoreCase(stripped)) {
                return word;
            }
        }
        return NODES.stringNode(stripped);
    }

    /** The element of a list of one. */
    private static JsonNode only(JsonNode value) {
        return value.isArray() && value.size() == 1 ? value.get(0) : value;
    }

    private static JsonNode number(String text, JsonNode otherwise) {
        if (text.length() > LONGEST_NUMBER || !text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?")) {
            return otherwise;
        }
        JsonNode number = Scalars.number(text);
        return number == null ? otherwise : number;
    }

    private static JsonNode bool(String text, JsonNode otherwise) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> NODES.booleanNode(true);
            case "false" -> NODES.booleanNode(false);
            default -> otherwise;
        };
    }

    /** JSON in a string; only where it is all of the string. */
    private static Optional<JsonNode> read(String text, char first) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.charAt(0) != first || stripped.length() > TolerantJson.LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Json(TolerantJson.DEEPEST).read(stripped));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }
}
