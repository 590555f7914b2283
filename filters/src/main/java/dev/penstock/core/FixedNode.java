package dev.penstock.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object that is part of many trees: whoever tries to change it fails, and its JSON is written once. Thread-safe. */
public final class FixedNode extends ObjectNode {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final transient byte[] json;

    private FixedNode(Map<String, JsonNode> members, byte[] json) {
        super(NODES, members);
        this.json = json;
    }

    /** The same as {@code tree} is now. */
    public static FixedNode of(ObjectNode tree) {
        return new FixedNode(members(tree), TreeBytes.of(tree));
    }

    /** Not copied; do not change. */
    byte[] json() {
        return json;
    }

    private static JsonNode fixed(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new ObjectNode(NODES, members(object));
        }
        if (node instanceof ArrayNode list) {
            List<JsonNode> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(fixed(item)));
            return new ArrayNode(NODES, Collections.unmodifiableList(items));
        }
        return node;
    }

    private static Map<String, JsonNode> members(ObjectNode object) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), fixed(member.getValue())));
        return Collections.unmodifiableMap(members);
    }
}
