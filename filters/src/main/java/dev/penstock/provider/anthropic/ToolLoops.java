package dev.penstock.provider.anthropic;

import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Every call is answered exactly once, in the user message that follows it (PROVIDERS 4.2 rule 1, 13.2). */
final class ToolLoops {

    private ToolLoops() {}

    /** Adds the results that are missing, marked as errors, and joins those that answer one call twice. */
    static void repair(List<Message> messages) {
        for (int at = 0; at < messages.size(); at++) {
            List<String> calls = messages.get(at).ids("tool_use", "id");
            if (!calls.isEmpty()) {
                answer(calls, following(messages, at));
            }
        }
    }

    private static Message following(List<Message> messages, int at) {
        if (at + 1 == messages.size() || !messages.get(at + 1).role().equals(Message.USER)) {
            messages.add(at + 1, new Message(Message.USER, new ArrayList<>()));
        }
        return messages.get(at + 1);
    }

    private static void answer(List<String> calls, Message user) {
        Map<String, ObjectNode> results = new LinkedHashMap<>();
        user.blocks().removeIf(block -> isSecond(block, results));
        for (String call : calls) {
            if (!results.containsKey(call)) {
                user.blocks().add(missing(call));
            }
        }
    }

    private static boolean isSecond(ObjectNode block, Map<String, ObjectNode> results) {
        if (!Json.string(block, "type").equals("tool_result")) {
            return false;
        }
        ObjectNode first = results.putIfAbsent(Json.string(block, "tool_use_id"), block);
        if (first == null) {
            return false;
        }
        ArrayNode both = first.arrayNode();
        addContent(both, first.path("content"));
        addContent(both, block.path("content"));
        if (!both.isEmpty()) {
            first.set("content", both);
        }
        return true;
    }

    private static void addContent(ArrayNode list, JsonNode content) {
        if (content.isArray()) {
            content.forEach(list::add);
        } else if (content.isString()) {
            list.add(Blocks.text(content.stringValue()));
        }
    }

    private static ObjectNode missing(String call) {
        return Json.object()
                .put("type", "tool_result")
                .put("tool_use_id", call)
                .put("content", "no result")
                .put("is_error", true);
    }
}
