package dev.penstock.prompt.kind;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a kind takes: its own fields and those that all kinds share. Fields that it does not name are refused. */
final class InputSchema {

    /** The fields of every kind (CONTRACT section 5). Bounded, since they stand in prompts. */
    private static final String COMMON = """
            { "model": { "type": "string", "minLength": 1, "maxLength": 200 },
              "prompt_version": { "type": "string", "minLength": 1, "maxLength": 40 },
              "brand_context": {
                "type": "object",
                "properties": {
                  "voice": { "type": "string", "maxLength": 500 },
                  "tone": { "type": "string", "maxLength": 500 },
                  "keywords": { "type": "array", "maxItems": 50, "items": { "type": "string", "maxLength": 100 } },
                  "style": { "type": "object", "maxProperties": 50 } },
                "additionalProperties": false } }""";

    private final JsonSchema schema;
    private final Defaults defaults;
    private final ObjectNode whole;
    private final JsonNode properties;

    private InputSchema(JsonSchema schema, Defaults defaults, ObjectNode whole) {
        this.schema = schema;
        this.defaults = defaults;
        this.whole = whole;
        this.properties = whole.path("properties");
    }

    /** @throws IllegalArgumentException when it is no schema, or names a field that all kinds share */
    static InputSchema of(ObjectNode declared) {
        ObjectNode whole = declared.deepCopy();
        ObjectNode properties = whole.withObject("/properties");
        for (var common : Json.LENIENT_DEPTH.read(COMMON).properties()) {
            if (properties.has(common.getKey())) {
                throw new IllegalArgumentException(
                        "field '" + common.getKey() + "' is one that every kind has already");
            }
            properties.set(common.getKey(), common.getValue());
        }
        whole.put("type", "object");
        whole.put("additionalProperties", false);
        return new InputSchema(JsonSchema.of(whole), Defaults.of(whole), whole);
    }

    /** The names that templates may read. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(properties.propertyNames());
        names.remove("model");
        names.remove("prompt_version");
        return names;
    }

    /** The whole schema, with the fields that all kinds share. A copy. */
    ObjectNode tree() {
        return whole.deepCopy();
    }

    boolean isInteger(String field) {
        return Json.string(properties.path(field), "type").equals("integer");
    }

    /**
     * The request with defaults in place of what it does not say.
     *
     * @throws GatewayException naming the field, never its value
     */
    ObjectNode check(ObjectNode body) {
        schema.violation(body).ifPresent(wrong -> {
            throw GatewayException.invalid(wrong.path(), wrong.found(), wrong.expected());
        });
        return defaults.applied(body);
    }
}
