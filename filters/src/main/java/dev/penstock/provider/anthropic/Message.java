package dev.penstock.provider.anthropic;

import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import tools.jackson.databind.node.ObjectNode;

/** One entry of {@code messages}; its blocks may grow until it is written. */
record Message(String role, List<ObjectNode> blocks) {

    static final String USER = "user";
    static final String ASSISTANT = "assistant";
    static final String SYSTEM = "system";

    static Message of(String role, ObjectNode block) {
        return new Message(role, new ArrayList<>(List.of(block)));
    }

    /** Results before everything else, thinking before text, calls last (PROVIDERS 4.2, rules 1 and 4). */
    void writeTo(ObjectNode message) {
        ToIntFunction<ObjectNode> place = block -> switch (Json.string(block, "type")) {
            case "tool_result", "thinking", "redacted_thinking" -> 0;
            case "tool_use" -> 2;
            default -> 1;
        };
        blocks.sort(Comparator.comparingInt(place));
        message.put("role", role).putArray("content").addAll(blocks);
    }

    /** The ids that blocks of this type carry in this member. */
    List<String> ids(String type, String member) {
        return blocks.stream()
                .filter(block -> Json.string(block, "type").equals(type))
                .map(block -> Json.string(block, member))
                .toList();
    }

    /** A prefill that ends with white space is refused. */
    void trimEnd() {
        ObjectNode last = blocks.get(blocks.size() - 1);
        if (Json.string(last, "type").equals("text")) {
            last.put("text", Json.string(last, "text").stripTrailing());
        }
    }
}
