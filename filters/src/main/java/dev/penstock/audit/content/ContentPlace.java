package dev.penstock.audit.content;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a text is, as its record says it.
 *
 * @param file its name in the folder {@code content}
 * @param offset in the file
 * @param bytes of the ciphertext, with its nonce and tag
 * @param sha256 of these, in hex
 * @param key the id of the service's key
 */
public record ContentPlace(String file, long offset, int bytes, String sha256, String key) {

    public ObjectNode json() {
        return Json.object()
                .put("file", file)
                .put("offset", offset)
                .put("bytes", bytes)
                .put("sha256", sha256)
                .put("key", key);
    }

    /** Of a record's {@code content}. */
    static ContentPlace of(JsonNode json) {
        return new ContentPlace(
                Json.string(json, "file"),
                Json.integer(json, "offset"),
                Math.toIntExact(Json.integer(json, "bytes")),
                Json.string(json, "sha256"),
                Json.string(json, "key"));
    }
}
