package dev.penstock.prompt.kind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests for {@link AskedSchema}. */
class AskedSchemaTests {

    @Test
    void aClosedSchemaIsAskedForStrictly() {
        AskedSchema asked = asked("""
                {"$schema": "s", "type": "object", "required": ["default"], "additionalProperties": false,
                 "properties": {"default": {"type": "string", "minLength": 1, "x-max-length-from": "n"}}}""");
        assertThat(asked.strict()).isTrue();
        assertThat(asked.tree())
                .hasToString("{\"type\":\"object\",\"required\":[\"default\"],"
                        + "\"additionalProperties\":false,\"properties\":{\"default\":{\"type\":\"string\"}}}");
    }

    @Test
    void anOpenOneIsNot() {
        assertThat(asked("{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}")
                        .strict())
                .isNull();
        assertThat(asked("""
                {"type": "object", "required": ["a"], "additionalProperties": false,
                 "properties": {"a": {"type": "array", "items": {"type": "object"}}}}""").strict()).isNull();
    }

    private static AskedSchema asked(String schema) {
        JsonNode tree = Json.LENIENT_DEPTH.read(schema);
        return AskedSchema.of(tree);
    }
}
