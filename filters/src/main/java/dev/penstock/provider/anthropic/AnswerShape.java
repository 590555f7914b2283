package dev.penstock.provider.anthropic;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.AnswerFormat.JsonSchema;
import dev.penstock.core.Json;
import dev.penstock.core.ToolChoice;
import dev.penstock.core.ToolChoice.Mode;
import dev.penstock.provider.anthropic.AnthropicModel.Ability;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the form that the answer must have (PROVIDERS 13.4): natively, else as a tool that must be called, else as an
 * instruction.
 */
final class AnswerShape {

    private static final String JSON_OBJECT =
            "Answer with one JSON object and nothing else: no text around it, no code fence.";

    private AnswerShape() {}

    static void write(Encoding it) {
        AnswerFormat format = it.request().format();
        if (format instanceof AnswerFormat.JsonObject) {
            it.system().add(JSON_OBJECT);
        } else if (format instanceof JsonSchema schema) {
            writeSchema(it, schema);
        }
    }

    private static void writeSchema(Encoding it, JsonSchema format) {
        boolean mayForce = it.model().can(Ability.FORCED_TOOL);
        boolean open = mayForce && !Boolean.TRUE.equals(format.strict()) && isOpen(format.schema());
        ObjectNode schema = open ? (ObjectNode) format.schema().deepCopy() : SchemaAdaptation.of(format.schema());
        if (format.description() != null && !schema.has("description")) {
            schema.put("description", format.description());
        }
        boolean object = Json.string(schema, "type").equals("object");
        if (!open && it.model().can(Ability.JSON_SCHEMA) && (object || !mayForce)) {
            ObjectNode shape = it.body().withObjectProperty("output_config").putObject("format");
            shape.put("type", "json_schema").set("schema", schema);
        } else if (!callsRealTool(it.request().toolChoice())) {
            offerTool(it, object ? JsonTool.NAME : JsonTool.VALUE_NAME, object ? schema : wrapped(schema));
        }
    }

    /** Whether an object may have members that the schema does not name: native output would close it (PROVIDERS 15). */
    private static boolean isOpen(JsonNode schema) {
        JsonNode more = schema.path("additionalProperties");
        boolean named = schema.path("properties").isObject()
                && !schema.path("properties").isEmpty();
        boolean object = Json.string(schema, "type").equals("object");
        if (object && (more.isObject() || more.asBoolean(false) || !named && more.asBoolean(true))) {
            return true;
        }
        return schema.path("properties").valueStream().anyMatch(AnswerShape::isOpen)
                || schema.path("items").isObject() && isOpen(schema.path("items"));
    }

    /** A caller that forces one of its own tools gets a call, never an answer that a schema could hold. */
    private static boolean callsRealTool(@Nullable ToolChoice choice) {
        return choice != null && (choice.mode() == Mode.REQUIRED || choice.mode() == Mode.NAMED);
    }

    private static ObjectNode wrapped(ObjectNode schema) {
        ObjectNode root = Json.object().put("type", "object").put("additionalProperties", false);
        if (schema.has("$defs")) {
            root.set("$defs", schema.remove("$defs"));
        }
        root.putObject("properties").set("value", schema);
        root.putArray("required").add("value");
        return root;
    }

    private static void offerTool(Encoding it, String name, ObjectNode schema) {
        ToolChoice asked = it.request().toolChoice();
        ArrayNode tools = it.body().withArrayProperty("tools");
        boolean alone = tools.isEmpty() || (asked != null && asked.mode() == Mode.NONE);
        ObjectNode tool = tools.addObject().put("name", name);
        tool.put("description", "Gives the answer. Call it once, with the whole answer as its input.");
        tool.set("input_schema", schema);
        ObjectNode choice = it.body().putObject("tool_choice").put("type", alone ? "tool" : "any");
        if (alone) {
            choice.put("name", name);
        }
        if (alone || Boolean.FALSE.equals(it.request().parallelTools())) {
            choice.put("disable_parallel_tool_use", true);
        }
    }
}
