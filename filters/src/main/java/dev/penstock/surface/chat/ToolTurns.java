package dev.penstock.surface.chat;

import dev.penstock.core.Json;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Tells which messages of a request are of tools alone, in their order: calls without a text, and what answers a call before it, once each. */
final class ToolTurns {

    private final Set<String> called = new HashSet<>(2);

    boolean has(JsonNode message) {
        return switch (Json.string(message, "role")) {
            case "assistant" -> isCall(message);
            case "tool" -> called.remove(Json.string(message, "tool_call_id"));
            case "function" -> called.remove(Json.string(message, "name"));
            default -> isOther();
        };
    }

    /** Calls that were open before somebody else speaks are answered by nothing behind it. */
    private boolean isOther() {
        called.clear();
        return false;
    }

    private boolean isCall(JsonNode message) {
        JsonNode calls = message.path("tool_calls");
        calls.forEach(call -> called.add(Json.string(call, "id")));
        JsonNode old = message.path("function_call");
        called.add(Json.string(old, "name"));
        called.remove("");
        return !(calls.isEmpty() && old.isEmpty())
                && Members.isNothing(message.path("content"))
                && Members.isNothing(message.path("refusal"));
    }
}
