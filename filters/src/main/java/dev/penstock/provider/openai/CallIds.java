package dev.penstock.provider.openai;

import dev.penstock.core.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Ids of the tool calls of one answer, never empty and never twice the same: some services send none, or one for all
 * (PROVIDERS 14, case 4). Made from what the answer says of itself, so no state is needed.
 */
final class CallIds {

    private final Set<String> used = new HashSet<>();

    String unique(String id, String name, JsonNode root) {
        String base = id.isEmpty() ? made(name, root) : id;
        String unique = base;
        for (int n = 2; !used.add(unique); n++) {
            unique = base + "_" + n;
        }
        return unique;
    }

    private static String made(String name, JsonNode root) {
        String seed = Json.string(root, "id") + '/' + root.path("created") + '/' + name;
        UUID hash = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
        return "call_" + hash.toString().replace("-", "").substring(0, 24);
    }
}
