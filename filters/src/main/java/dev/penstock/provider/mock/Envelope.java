package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every document of one answer begins with.
 *
 * @param id of the answer: the request's hash
 * @param created seconds since 1970
 * @param model the name after {@code mock/}
 */
record Envelope(String id, long created, String model) {

    static final String FINGERPRINT = "fp_mock";

    ObjectNode around(String object) {
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }
}
