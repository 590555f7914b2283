package dev.penstock.provider.anthropic;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes parts of a turn as content blocks; blank texts and unsigned reasoning are left out (PROVIDERS 4.2). */
final class Blocks {

    private final String path;
    private final List<ObjectNode> blocks = new ArrayList<>();
    private int calls;

    private Blocks(String path) {
        this.path = path;
    }

    /** {@code at} is the turn's place in the request, for messages. */
    static List<ObjectNode> of(Turn turn, int at) {
        Blocks writer = new Blocks("messages[" + at + "]");
        turn.parts().forEach(writer::add);
        return writer.blocks;
    }

    static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    private void add(Part part) {
        if (part instanceof Part.Text text) {
            addText(text.text());
        } else if (part instanceof Part.Refusal refusal) {
            addText(refusal.text());
        } else if (part instanceof Part.Reasoning reasoning) {
            addReasoning(reasoning);
        } else if (part instanceof Part.ToolCall call) {
            blocks.add(toolUse(call));
        } else if (part instanceof Part.ToolResult result) {
            blocks.add(toolResult(result));
        } else if (part instanceof Part.Foreign foreign) {
            addForeign(foreign);
        } else {
            blocks.add(Media.block(part, path + ".content"));
        }
    }

    private void addText(String text) {
        if (!text.isBlank()) {
            blocks.add(text(text));
        }
    }

    private void addReasoning(Part.Reasoning reasoning) {
        String signature = reasoning.signature();
        if (reasoning.redacted() != null) {
            blocks.add(Json.object().put("type", "redacted_thinking").put("data", reasoning.redacted()));
        } else if (signature != null && !signature.isEmpty()) {
            ObjectNode block = Json.object().put("type", "thinking").put("thinking", reasoning.text());
            blocks.add(block.put("signature", signature));
        }
    }

    private void addForeign(Part.Foreign foreign) {
        if (foreign.dialect().equals(AnthropicDialect.NAME) && foreign.node() instanceof ObjectNode block) {
            blocks.add(block);
        }
    }

    private ObjectNode toolUse(Part.ToolCall call) {
        ObjectNode block = Json.object().put("type", "tool_use").put("id", ToolIds.of(call.id()));
        String field = path + ".tool_calls[" + calls++ + "].function.arguments";
        block.put("name", call.name()).set("input", input(call.arguments(), field));
        return block;
    }

    private static JsonNode input(String arguments, String field) {
        if (arguments.isBlank()) {
            return Json.object();
        }
        JsonNode input = parse(arguments, field);
        if (input.isNull()) {
            return Json.object();
        }
        if (!input.isObject()) {
            throw GatewayException.invalid(field, "is " + input.getNodeType(), "a JSON object");
        }
        return input;
    }

    private static JsonNode parse(String arguments, String field) {
        try {
            return Json.LENIENT_DEPTH.read(arguments);
        } catch (JacksonException ex) {
            throw GatewayException.invalid(field, "is not JSON", "a JSON object as a string");
        }
    }

    private ObjectNode toolResult(Part.ToolResult result) {
        ObjectNode block = Json.object().put("type", "tool_result").put("tool_use_id", ToolIds.of(result.callId()));
        Blocks content = new Blocks(path);
        result.parts().forEach(content::add);
        List<ObjectNode> inner = content.blocks;
        if (inner.size() == 1 && inner.get(0).has("text")) {
            block.put("content", Json.string(inner.get(0), "text"));
        } else if (!inner.isEmpty()) {
            block.putArray("content").addAll(inner);
        }
        return result.error() ? block.put("is_error", true) : block;
    }
}
