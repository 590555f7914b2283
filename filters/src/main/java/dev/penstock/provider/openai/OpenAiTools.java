package dev.penstock.provider.openai;

import dev.penstock.core.ChatRequest;
import dev.penstock.core.Tool;
import dev.penstock.core.ToolChoice;
import dev.penstock.core.ToolChoice.Mode;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes tools and what is said about their use. Without tools nothing may be said about them (PROVIDERS 2.1). */
final class OpenAiTools {

    private OpenAiTools() {}

    static void write(ChatRequest request, ObjectNode body) {
        if (request.tools().isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        request.tools().forEach(tool -> tool(tool, tools.addObject()));
        if (request.toolChoice() != null) {
            choice(request.toolChoice(), body);
        }
        if (request.parallelTools() != null) {
            body.put("parallel_tool_calls", request.parallelTools());
        }
    }

    private static void tool(Tool tool, ObjectNode node) {
        ObjectNode function = node.put("type", "function").putObject("function").put("name", tool.name());
        if (tool.description() != null) {
            function.put("description", tool.description());
        }
        if (tool.parameters() != null) {
            function.set("parameters", tool.parameters());
        }
        if (tool.strict() != null) {
            function.put("strict", tool.strict());
        }
    }

    private static void choice(ToolChoice choice, ObjectNode body) {
        String mode = choice.mode().name().toLowerCase(Locale.ROOT);
        if (choice.mode() == Mode.NAMED) {
            function(body.putObject("tool_choice"), choice.names().get(0));
        } else if (choice.names().isEmpty()) {
            body.put("tool_choice", mode);
        } else {
            ObjectNode allowed = body.putObject("tool_choice").put("type", "allowed_tools");
            ArrayNode tools =
                    allowed.putObject("allowed_tools").put("mode", mode).putArray("tools");
            choice.names().forEach(name -> function(tools.addObject(), name));
        }
    }

    private static void function(ObjectNode node, String name) {
        node.put("type", "function").putObject("function").put("name", name);
    }
}
