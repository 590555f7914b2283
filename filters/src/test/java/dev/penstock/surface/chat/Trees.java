package dev.penstock.surface.chat;

import dev.penstock.core.Json;
import tools.jackson.databind.node.ObjectNode;

/** JSON with single quotes, to be read easily. */
final class Trees {

    private Trees() {}

    static ObjectNode tree(String json) {
        return (ObjectNode) Json.LENIENT_DEPTH.read(json(json));
    }

    static String json(String quoted) {
        return quoted.replace('\'', '"');
    }
}
