package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects and arrays, their members made by {@link SchemaValue}. */
final class MemberValues {

    private static final int MOST_ITEMS = 500;
    private static final int TRIES = 20;

    private final SchemaValue values;
    private final RandomGenerator random;

    MemberValues(SchemaValue values, RandomGenerator random) {
        this.values = values;
        this.random = random;
    }

    /** All declared members, in the schema's order; fewer where the schema allows fewer, or deep inside. */
    ObjectNode object(ObjectNode schema, int depth) {
        ObjectNode object = Json.object();
        List<String> required = SchemaTypes.of(schema.path("required"));
        int room = schema.path("maxProperties").asInt(Integer.MAX_VALUE) - required.size();
        JsonNode declared = schema.path("properties");
        for (var member : declared.properties()) {
            String name = member.getKey();
            boolean optional = !required.contains(name);
            if (optional && (depth >= SchemaValue.LEAN || room-- <= 0 || SchemaTypes.never(member.getValue()))) {
                continue;
            }
            object.set(name, values.of(member.getValue(), name, depth + 1));
        }
        for (String name : required) {
            if (!object.has(name)) {
                object.set(name, values.of(other(schema), name, depth + 1));
            }
        }
        return filled(object, schema, depth);
    }

    ArrayNode array(ObjectNode schema, String name, int depth) {
        ArrayNode array = Json.object().putArray("items");
        JsonNode first = schema.path("prefixItems");
        int count = count(schema, depth);
        for (int i = 0; i < count; i++) {
            JsonNode item = i < first.size() ? first.get(i) : item(schema, i - first.size());
            array.add(distinct(array, item, schema, new Place(name, depth + 1)));
        }
        return array;
    }

    private record Place(String name, int depth) {}

    /** Members of a free name, up to the least number; one where an object would otherwise be an empty map. */
    private ObjectNode filled(ObjectNode object, ObjectNode schema, int depth) {
        boolean isMap = schema.path("additionalProperties").isObject() && depth < SchemaValue.LEAN;
        int most = schema.path("maxProperties").asInt(MOST_ITEMS);
        int least = Math.min(schema.path("minProperties").asInt(0), MOST_ITEMS);
        int wanted = Math.max(least, Math.min(most, isMap && object.isEmpty() ? 1 : 0));
        for (int i = 1; object.size() < wanted && i <= wanted; i++) {
            object.set("entry_" + i, values.of(other(schema), "entry", depth + 1));
        }
        return object;
    }

    private static JsonNode other(ObjectNode schema) {
        return schema.path("additionalProperties");
    }

    private static JsonNode item(ObjectNode schema, int index) {
        JsonNode items = schema.path("items");
        int contained = schema.has("contains") ? schema.path("minContains").asInt(1) : 0;
        if (index >= contained) {
            return items;
        }
        ObjectNode both = Json.object();
        both.putArray("allOf").add(items.isObject() ? items : Json.object()).add(schema.path("contains"));
        return both;
    }

    private static int count(ObjectNode schema, int depth) {
        int least = schema.path("minItems").asInt(0);
        int contained = schema.has("contains") ? schema.path("minContains").asInt(1) : 0;
        int first = schema.path("prefixItems").size();
        int usual = depth < 2 ? 2 : 1;
        int wanted = Math.max(Math.max(least, contained), depth >= SchemaValue.LEAN ? 0 : Math.max(first, usual));
        int most = SchemaTypes.never(schema.path("items")) ? first : MOST_ITEMS;
        return Math.min(Math.min(wanted, most), schema.path("maxItems").asInt(MOST_ITEMS));
    }

    private JsonNode distinct(ArrayNode array, JsonNode item, ObjectNode schema, Place place) {
        JsonNode value = values.of(item, place.name(), place.depth());
        boolean unique = schema.path("uniqueItems").asBoolean(false);
        for (int i = 0; unique && i < TRIES && array.valueStream().anyMatch(value::equals); i++) {
            value = values.of(item, place.name(), place.depth());
        }
        return value;
    }
}
