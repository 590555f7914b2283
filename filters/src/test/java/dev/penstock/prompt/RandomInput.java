package dev.penstock.prompt;

import dev.penstock.core.Json;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes requests that a kind's input schema allows: of the keywords that the shipped kinds use, at their bounds too. */
final class RandomInput {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode root;
    private final Random random;
    private final Supplier<String> texts;

    /** {@code texts} gives what free texts are; they are cut to their {@code maxLength}, and get an x where they are blank. */
    RandomInput(JsonNode root, Random random, Supplier<String> texts) {
        this.root = root;
        this.random = random;
        this.texts = texts;
    }

    ObjectNode next() {
        ObjectNode input = object(root, false);
        input.remove(List.of("model", "prompt_version"));
        return input;
    }

    /** With every optional field. */
    ObjectNode full() {
        ObjectNode input = object(root, true);
        input.remove(List.of("model", "prompt_version"));
        return input;
    }

    private JsonNode value(JsonNode schema, boolean full) {
        if (schema.has("$ref")) {
            return value(root.at(Json.string(schema, "$ref").substring(1)), full);
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        JsonNode type = schema.path("type");
        String one = type.isArray()
                ? type.get(full ? 0 : random.nextInt(type.size())).asString()
                : type.asString("string");
        return switch (one) {
            case "object" -> object(schema, full);
            case "array" -> array(schema, full);
            case "integer" -> NODES.numberNode(integer(schema));
            case "number" -> NODES.numberNode(random.nextDouble() * 100);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            default -> NODES.stringNode(text(schema));
        };
    }

    private ObjectNode object(JsonNode schema, boolean full) {
        ObjectNode object = Json.object();
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        for (var member : schema.path("properties").properties()) {
            if (full || required.contains(member.getKey()) || random.nextBoolean()) {
                object.set(member.getKey(), value(member.getValue(), full));
            }
        }
        JsonNode others = schema.path("additionalProperties");
        int most = schema.path("maxProperties").asInt(0) - object.size();
        int count =
                full ? Math.min(2, most) : Math.max(schema.path("minProperties").asInt(0), some(most));
        for (int i = 0; i < count; i++) {
            object.set("further " + i, others.isObject() ? value(others, full) : NODES.stringNode(text(others)));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, boolean full) {
        ArrayNode array = NODES.arrayNode();
        int count = full
                ? 2
                : Math.max(
                        schema.path("minItems").asInt(0),
                        some(schema.path("maxItems").asInt(3)));
        for (int i = 0; i < count; i++) {
            array.add(value(schema.path("items"), full));
        }
        return array;
    }

    private int integer(JsonNode schema) {
        int least = schema.path("minimum").asInt(0);
        int most = schema.path("maximum").asInt(1000);
        return random.nextInt(3) == 0 ? least : least + random.nextInt(Math.min(most - least, 300) + 1);
    }

    /** Mostly few, sometimes all. */
    private int some(int most) {
        return random.nextInt(8) == 0 ? Math.max(0, most) : Math.min(Math.max(0, most), random.nextInt(4));
    }

    private String text(JsonNode schema) {
        int most = schema.path("maxLength").asInt(400);
        String text = texts.get();
        int kept = Math.min(most, text.codePointCount(0, text.length()));
        String whole = text.substring(0, text.offsetByCodePoints(0, kept));
        boolean isBlank = whole.isEmpty() || !whole.matches("(?s).*[^\\s\\u0085\\u00a0\\ufeff\\u2000-\\u3000].*");
        return isBlank ? "x" : whole;
    }
}
