package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;

/** FNV-1a over the JSON text: the same request gives the same number on every machine. Not for secrets. */
final class Hash {

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hash() {}

    static long of(JsonNode node) {
        long hash = BASIS;
        String text = Json.LENIENT_DEPTH.text(node);
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }

    /** 16 hexadecimal digits. */
    static String hex(long hash) {
        return String.format("%016x", hash);
    }
}
