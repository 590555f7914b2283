package dev.penstock.keys;

import dev.penstock.core.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Secrets of declared keys that were revoked, as documents keep them: by their digests and since when. They hold under whatever
 * name a secret comes back; the name is where they are written down. Members {@code digest} and {@code revoked} are the last one.
 */
final class Revocations {

    private static final BinaryOperator<String> EARLIER = BinaryOperator.minBy(String::compareTo);

    private Revocations() {}

    static boolean isDeclared(ObjectNode document) {
        return document.path("declared").asBoolean(false);
    }

    /** Those of all documents. */
    static Map<String, String> in(Map<String, ObjectNode> documents) {
        Map<String, String> found = new LinkedHashMap<>();
        documents.values().forEach(document -> of(document).forEach((digest, at) -> found.merge(digest, at, EARLIER)));
        return found;
    }

    /** The document with this one, too; one that is there stays as it is. */
    static ObjectNode add(@Nullable ObjectNode before, String digest, String at) {
        Map<String, String> all = before == null ? new LinkedHashMap<>() : of(before);
        all.putIfAbsent(digest, at);
        return put(
                all, Json.object().put("declared", true).put("digest", digest).put("revoked", all.get(digest)));
    }

    /** The first with those of the second, too; the first itself where that has them all. */
    static ObjectNode join(ObjectNode document, ObjectNode more) {
        Map<String, String> all = of(document);
        of(more).forEach((digest, at) -> all.merge(digest, at, EARLIER));
        return all.equals(of(document)) ? document : put(all, document.deepCopy());
    }

    private static Map<String, String> of(ObjectNode document) {
        Map<String, String> found = new LinkedHashMap<>();
        if (isDeclared(document)) {
            document.path("digests").forEach(it -> found.put(Json.string(it, "digest"), Json.string(it, "revoked")));
            found.merge(Json.string(document, "digest"), Json.string(document, "revoked"), EARLIER);
        }
        return found;
    }

    private static ObjectNode put(Map<String, String> all, ObjectNode document) {
        ArrayNode list = document.putArray("digests");
        all.forEach((digest, at) -> list.addObject().put("digest", digest).put("revoked", at));
        return document;
    }
}
