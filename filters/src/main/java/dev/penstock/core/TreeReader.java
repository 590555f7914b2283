package dev.penstock.core;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads trees as Jackson's own deserializer does, without the context and the features that it asks at each step, and without a
 * second list of the members of each object.
 */
final class TreeReader {

    private final JsonFactory factory;
    private final JsonNodeFactory nodes;

    TreeReader(JsonFactory factory, JsonNodeFactory nodes) {
        this.factory = factory;
        this.nodes = nodes;
    }

    /** Null, or an exception of Jackson's or of numbers, where it is not one document without doubled members. */
    @Nullable
    JsonNode read(byte[] bytes) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return MissingNode.getInstance();
            }
            JsonNode root = value(first, parser);
            return root == null || parser.nextToken() != null ? null : root;
        }
    }

    private @Nullable JsonNode value(JsonToken token, JsonParser parser) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> nodes.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            default -> null;
        };
    }

    private @Nullable JsonNode object(JsonParser parser) {
        ObjectNode object = nodes.objectNode();
        String name = parser.nextName();
        while (name != null) {
            JsonNode value = value(parser.nextToken(), parser);
            if (value == null || object.replace(name, value) != null) {
                return null;
            }
            name = parser.nextName();
        }
        return parser.currentToken() == JsonToken.END_OBJECT ? object : null;
    }

    private @Nullable JsonNode array(JsonParser parser) {
        ArrayNode array = nodes.arrayNode();
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            JsonNode value = token == null ? null : value(token, parser);
            if (value == null) {
                return null;
            }
            array.add(value);
            token = parser.nextToken();
        }
        return array;
    }

    private JsonNode integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> nodes.numberNode(parser.getIntValue());
            case LONG -> nodes.numberNode(parser.getLongValue());
            default -> nodes.numberNode(parser.getBigIntegerValue());
        };
    }
}
