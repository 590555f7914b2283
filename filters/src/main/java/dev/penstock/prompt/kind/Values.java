package dev.penstock.prompt.kind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Puts a JSON tree into what templates see: unmodifiable maps and lists of strings, numbers and booleans. */
final class Values {

    private Values() {}

    /** The members with these names; null ones are left out, as absent. */
    static Map<String, Object> of(JsonNode object, Set<String> names) {
        Map<String, Object> values = new LinkedHashMap<>(map(object));
        values.keySet().retainAll(names);
        return Collections.unmodifiableMap(values);
    }

    /** All members. */
    static Map<String, Object> of(JsonNode object) {
        return map(object);
    }

    private static Map<String, Object> map(JsonNode object) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (var member : object.properties()) {
            if (!member.getValue().isNull()) {
                values.put(member.getKey(), value(member.getValue()));
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> map(node);
            case ARRAY -> list(node);
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            default -> node.asString("");
        };
    }

    private static List<Object> list(JsonNode array) {
        List<Object> values = new ArrayList<>(array.size());
        array.forEach(element -> values.add(value(element)));
        return Collections.unmodifiableList(values);
    }
}
