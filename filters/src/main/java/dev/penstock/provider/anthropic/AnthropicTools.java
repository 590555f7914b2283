package dev.penstock.provider.anthropic;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Tool;
import dev.penstock.core.ToolChoice;
import dev.penstock.core.ToolChoice.Mode;
import dev.penstock.provider.anthropic.AnthropicModel.Ability;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code tools} and {@code tool_choice} (PROVIDERS 13.1). A choice without tools is refused, so none is written. */
final class AnthropicTools {

    private AnthropicTools() {}

    static void write(Encoding it) {
        List<Tool> tools = offered(it);
        if (tools.isEmpty()) {
            nameIgnored(it);
            return;
        }
        ArrayNode list = it.body().putArray("tools");
        for (int at = 0; at < tools.size(); at++) {
            list.add(tool(it, tools.get(at), at));
        }
        ObjectNode choice = choice(it);
        if (!choice.isEmpty()) {
            it.body().set("tool_choice", choice);
        }
    }

    /** Anthropic refuses a choice without tools; that there is nothing to call is what it comes to anyway. */
    private static void nameIgnored(Encoding it) {
        ToolChoice choice = it.request().toolChoice();
        if (choice != null && choice.mode() != Mode.AUTO && choice.mode() != Mode.NONE) {
            it.ignored().add("tool_choice");
        }
    }

    private static List<Tool> offered(Encoding it) {
        ToolChoice choice = it.request().toolChoice();
        List<Tool> tools = it.request().tools();
        if (choice == null || choice.names().isEmpty()) {
            return tools;
        }
        boolean toolByName = choice.mode() == Mode.NAMED && it.model().can(Ability.FORCED_TOOL);
        return toolByName
                ? tools
                : tools.stream()
                        .filter(tool -> choice.names().contains(tool.name()))
                        .toList();
    }

    private static ObjectNode tool(Encoding it, Tool tool, int at) {
        if (JsonTool.is(tool.name())) {
            String expected = "a name that does not begin with " + JsonTool.NAME;
            throw GatewayException.invalid("tools[" + at + "].function.name", "is reserved", expected);
        }
        ObjectNode node = Json.object().put("name", tool.name());
        if (tool.description() != null && !tool.description().isBlank()) {
            node.put("description", tool.description());
        }
        boolean strict = Boolean.TRUE.equals(tool.strict());
        boolean held = strict && it.model().can(Ability.JSON_SCHEMA);
        ObjectNode schema = objectSchema(tool.parameters());
        node.set("input_schema", held ? SchemaAdaptation.of(schema) : schema);
        if (strict && !held) {
            it.ignored().add("tools.strict");
        }
        return held ? node.put("strict", true) : node;
    }

    private static ObjectNode objectSchema(@Nullable JsonNode parameters) {
        ObjectNode schema = parameters instanceof ObjectNode given ? given.deepCopy() : Json.object();
        if (!Json.string(schema, "type").equals("object")) {
            schema.put("type", "object");
        }
        if (schema.size() == 1) {
            schema.putObject("properties");
        }
        return schema;
    }

    private static ObjectNode choice(Encoding it) {
        ToolChoice asked = it.request().toolChoice();
        ObjectNode choice = Json.object();
        if (asked != null) {
            choice.put("type", type(asked.mode(), it));
        }
        if (Json.string(choice, "type").equals("tool") && asked != null) {
            choice.put("name", asked.names().get(0));
        }
        boolean alone = Boolean.FALSE.equals(it.request().parallelTools());
        if (alone && !Json.string(choice, "type").equals("none")) {
            choice.put("type", choice.has("type") ? Json.string(choice, "type") : "auto");
            choice.put("disable_parallel_tool_use", true);
        }
        return choice;
    }

    /** Models that cannot be forced are passed over before; asked all the same, they may choose, and the caller is told. */
    private static String type(Mode mode, Encoding it) {
        if (mode == Mode.AUTO || mode == Mode.NONE) {
            return mode == Mode.AUTO ? "auto" : "none";
        }
        if (!it.model().can(Ability.FORCED_TOOL)) {
            it.ignored().add("tool_choice");
            return "auto";
        }
        return mode == Mode.REQUIRED ? "any" : "tool";
    }
}
