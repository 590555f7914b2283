package dev.penstock.journal.embedded;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** About how many bytes a tree will be as JSON; cheap, since callers' threads count. */
final class Weight {

    private static final int MEMBER = 4;
    private static final int SCALAR = 8;

    private Weight() {}

    static long of(JsonNode node) {
        if (node.isString()) {
            return node.stringValue().length() + 2L;
        }
        if (!node.isContainer()) {
            return SCALAR;
        }
        long sum = 2;
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                sum += member.getKey().length() + MEMBER + of(member.getValue());
            }
        } else {
            for (JsonNode element : node.values()) {
                sum += of(element) + 1;
            }
        }
        return sum;
    }
}
