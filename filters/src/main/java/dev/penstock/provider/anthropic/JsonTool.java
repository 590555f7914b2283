package dev.penstock.provider.anthropic;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;

/**
 * The tool that stands in for a JSON schema: the model must call it, and its input is the answer.
 *
 * <p>Its name is all that the reader of the answer has to know it by; callers' own tools may not begin with it.
 */
final class JsonTool {

    /** The answer is the input itself. */
    static final String NAME = "penstock_json_answer";

    /** The answer is the input's member {@code value}, since the schema's root is no object. */
    static final String VALUE_NAME = NAME + "_value";

    private JsonTool() {}

    static boolean is(String tool) {
        return tool.startsWith(NAME);
    }

    static boolean wraps(String tool) {
        return tool.equals(VALUE_NAME);
    }

    /** The answer's text. */
    static String text(String tool, JsonNode input) {
        JsonNode answer = wraps(tool) && input.has("value") ? input.path("value") : input;
        return Json.LENIENT_DEPTH.text(answer);
    }
}
