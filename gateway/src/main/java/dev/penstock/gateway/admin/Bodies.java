package dev.penstock.gateway.admin;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Reads what an administrator posts. */
final class Bodies {

    private Bodies() {}

    /** An empty one is an empty object. */
    static ObjectNode object(byte[] body) {
        try {
            if (body.length == 0) {
                return Json.object();
            }
            if (Json.LENIENT_DEPTH.read(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException notJson) {
            // told below, like other JSON than an object
        }
        throw GatewayException.invalid("body", "is no JSON object", "such as {\"service\": \"demo\"}");
    }
}
