package dev.penstock.prompt.kind;

import dev.penstock.core.Counting;
import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Brings a tree nearer to its schema without adding to it. Reads {@code properties} and {@code items} only. */
final class Shape {

    private Shape() {}

    /** Without the members that a closed object does not have, and those of the root that it does not name. */
    static ObjectNode pruned(ObjectNode tree, JsonNode schema) {
        ObjectNode kept = tree.deepCopy();
        prune(kept, schema, schema.path("properties"));
        return kept;
    }

    /** Texts cut to {@code maxLength}, between words, and lists to {@code maxItems}. */
    static JsonNode cut(JsonNode node, JsonNode schema) {
        if (node.isString()) {
            int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
            return JsonNodeFactory.instance.stringNode(Ellipsis.cut(node.stringValue(), most, Counting.CODE_POINTS));
        }
        if (node.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            node.valueStream()
                    .limit(schema.path("maxItems").asInt(Integer.MAX_VALUE))
                    .forEach(element -> list.add(cut(element, schema.path("items"))));
            return list;
        }
        if (node.isObject()) {
            ObjectNode object = Json.object();
            node.properties()
                    .forEach(member -> object.set(
                            member.getKey(),
                            cut(member.getValue(), schema.path("properties").path(member.getKey()))));
            return object;
        }
        return node;
    }

    private static void prune(ObjectNode object, JsonNode schema, JsonNode known) {
        List<String> strange = new ArrayList<>(object.propertyNames());
        strange.removeIf(known::has);
        object.remove(strange);
        object.properties().forEach(member -> below(member.getValue(), known.path(member.getKey())));
    }

    private static void below(JsonNode node, JsonNode schema) {
        if (node instanceof ObjectNode object
                && !schema.path("additionalProperties").asBoolean(true)) {
            prune(object, schema, schema.path("properties"));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(member ->
                            below(member.getValue(), schema.path("properties").path(member.getKey())));
        }
        if (node.isArray()) {
            node.forEach(element -> below(element, schema.path("items")));
        }
    }
}
