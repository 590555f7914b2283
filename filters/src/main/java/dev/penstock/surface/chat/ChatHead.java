package dev.penstock.surface.chat;

import dev.penstock.core.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every object of one answer begins with: one id, one time, one model.
 *
 * @param created seconds since 1970
 */
record ChatHead(String id, long created) {

    private static final String UNNAMED = "unknown";

    /** {@code id} is the gateway's own; a provider's is not unique (PROVIDERS 1.4). */
    static ChatHead of(String id, long created) {
        return new ChatHead("chatcmpl-" + id, created);
    }

    /** {@code model} may be empty, but callers' libraries insist on one. */
    ObjectNode object(String type, String model) {
        return Json.object()
                .put("id", id)
                .put("object", type)
                .put("created", created)
                .put("model", model.isEmpty() ? UNNAMED : model);
    }
}
