package dev.penstock.surface.chat;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON with single quotes, to be read easily. */
final class Trees {

    private Trees() {}

    static ObjectNode tree(String json) {
        return (ObjectNode) Json.LENIENT_DEPTH.read(json(json));
    }

    /** The same, written again: integers of all widths are equal as text. */
    static String text(JsonNode node) {
        return Json.LENIENT_DEPTH.text(node);
    }

    static String json(String quoted) {
        return quoted.replace('\'', '"');
    }
}
