package dev.penstock.surface.chat;

import dev.penstock.core.Tool;
import dev.penstock.core.ToolChoice;
import dev.penstock.core.ToolChoice.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads tools and the choice among them, also under their names of before {@code tools}. Tools that are no functions have no
 * place in the hub: {@link ChatNeeds} keeps such requests away from other dialects.
 */
record ChatTools(List<Tool> tools, @Nullable ToolChoice choice) {

    static ChatTools read(Fields body) {
        List<Tool> tools = new ArrayList<>();
        for (Fields tool : body.objects("tools")) {
            String type = tool.string("type");
            if (type == null || type.equals("function")) {
                tools.add(function(tool.object("function")));
            }
        }
        body.objects("functions").forEach(function -> tools.add(function(function)));
        ToolChoice choice = body.has("tool_choice") ? choice(body) : legacyChoice(body);
        return new ChatTools(tools, tools.isEmpty() ? null : choice);
    }

    private static Tool function(Fields function) {
        JsonNode parameters =
                function.has("parameters") ? function.object("parameters").node() : null;
        return new Tool(function.text("name"), function.string("description"), parameters, function.bool("strict"));
    }

    private static ToolChoice choice(Fields body) {
        if (body.get("tool_choice").isString()) {
            return mode(body, "tool_choice", "none, auto, required, or an object");
        }
        Fields choice = body.object("tool_choice");
        return switch (choice.text("type")) {
            case "function" -> ToolChoice.named(choice.object("function").text("name"));
            case "custom" -> ToolChoice.named(choice.object("custom").text("name"));
            case "allowed_tools" -> allowed(choice.object("allowed_tools"));
            default -> throw choice.unknown("type", "function, custom or allowed_tools");
        };
    }

    private static ToolChoice mode(Fields fields, String member, String expected) {
        return switch (fields.text(member)) {
            case "none" -> ToolChoice.of(Mode.NONE);
            case "auto" -> ToolChoice.of(Mode.AUTO);
            case "required" -> ToolChoice.of(Mode.REQUIRED);
            default -> throw fields.unknown(member, expected);
        };
    }

    private static ToolChoice allowed(Fields allowed) {
        List<String> names = new ArrayList<>();
        for (Fields tool : allowed.objects("tools")) {
            Fields named = tool.has("function") ? tool.object("function") : tool;
            names.add(named.text("name"));
        }
        return new ToolChoice(mode(allowed, "mode", "auto or required").mode(), List.copyOf(names));
    }

    private static @Nullable ToolChoice legacyChoice(Fields body) {
        if (!body.has("function_call")) {
            return null;
        }
        return body.get("function_call").isString()
                ? mode(body, "function_call", "none, auto, or an object")
                : ToolChoice.named(body.object("function_call").text("name"));
    }
}
