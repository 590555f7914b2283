package dev.penstock.surface.content;

import dev.penstock.core.Json;
import dev.penstock.prompt.kind.Kind;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An OpenAPI 3.1 document of the kinds that are served. */
final class OpenApi {

    private static final String SCHEMAS = "#/components/schemas/";

    /** What every document says, whatever the kinds. */
    private static final String FRAME = """
            { "openapi": "3.1.0",
              "info": { "title": "Penstock content routes", "version": "1" },
              "security": [ { "key": [] } ],
              "paths": {},
              "components": {
                "securitySchemes": { "key": { "type": "http", "scheme": "bearer", "description": "A Penstock key." } },
                "schemas": {
                  "problem": {
                    "type": "object",
                    "description": "RFC 9457; code is listed in docs/errors.md.",
                    "required": [ "type", "title", "status", "detail", "code", "request_id" ],
                    "properties": {
                      "type": { "type": "string" },
                      "title": { "type": "string" },
                      "status": { "type": "integer" },
                      "detail": { "type": "string" },
                      "code": { "type": "string" },
                      "param": { "type": "string" },
                      "request_id": { "type": "string" } } },
                  "metadata": {
                    "type": "object",
                    "description": "Measured by Penstock, never taken from the model. What is not known is left out.",
                    "required": [ "prompt", "fallback_used", "repaired", "request_id" ],
                    "properties": {
                      "provider": { "type": "string" },
                      "model": { "type": "string" },
                      "prompt": {
                        "type": "object",
                        "required": [ "kind", "version", "hash" ],
                        "properties": {
                          "kind": { "type": "string" },
                          "version": { "type": "string" },
                          "hash": { "type": "string" } } },
                      "fallback_used": { "type": "boolean" },
                      "repaired": { "type": "boolean" },
                      "truncated": { "type": "boolean", "description": "The model's answer ended inside the object." },
                      "usage": {
                        "type": "object",
                        "properties": {
                          "input_tokens": { "type": "integer" },
                          "output_tokens": { "type": "integer" },
                          "total_tokens": { "type": "integer" } } },
                      "cost_usd": { "type": "number" },
                      "character_count": { "type": "integer" },
                      "hashtags": { "type": "array", "items": { "type": "string" } },
                      "experiment": {
                        "type": "object",
                        "properties": { "name": { "type": "string" }, "arm": { "type": "string" } } },
                      "brand": {
                        "type": "object",
                        "description": "What the answer breaks of its brand's rules, word for word.",
                        "required": [ "compliant", "findings" ],
                        "properties": {
                          "compliant": { "type": "boolean" },
                          "findings": {
                            "type": "array",
                            "items": {
                              "type": "object",
                              "required": [ "rule", "term" ],
                              "properties": {
                                "rule": {
                                  "type": "string",
                                  "enum": [ "forbidden_term", "competitor", "missing_disclaimer" ] },
                                "field": { "type": "string" },
                                "term": { "type": "string" } } } } } },
                      "request_id": { "type": "string" } } } },
                "responses": {
                  "problem": {
                    "description": "Refused, or no answer.",
                    "content": {
                      "application/problem+json": { "schema": { "$ref": "#/components/schemas/problem" } } } } } } }""";

    private OpenApi() {}

    static ObjectNode of(List<Kind> kinds) {
        ObjectNode document = (ObjectNode) Json.LENIENT_DEPTH.read(FRAME);
        ObjectNode schemas = document.withObject("/components/schemas");
        for (Kind kind : kinds) {
            String input = kind.name() + ".input";
            String output = kind.name() + ".output";
            schemas.set(input, moved(kind.prompt().inputSchema(), input));
            schemas.set(output, answer(moved(kind.outputSchema(), output)));
            document.withObject("/paths")
                    .putObject(KindsEndpoint.LIST + "/" + kind.name())
                    .set("post", operation(kind, input, output));
        }
        return document;
    }

    private static ObjectNode operation(Kind kind, String input, String output) {
        ObjectNode operation = Json.object().put("operationId", kind.name());
        ObjectNode body = operation.putObject("requestBody").put("required", true);
        ObjectNode json = body.putObject("content").putObject("application/json");
        json.putObject("schema").put("$ref", SCHEMAS + input);
        json.set("example", kind.prompt().example());
        ObjectNode responses = operation.putObject("responses");
        ObjectNode answer = responses
                .putObject("200")
                .put("description", "An answer that fits its schema; as events, progress and then the same answer.")
                .putObject("content");
        answer.putObject("application/json").putObject("schema").put("$ref", SCHEMAS + output);
        answer.putObject("text/event-stream").putObject("schema").put("type", "string");
        responses.putObject("default").put("$ref", "#/components/responses/problem");
        return operation;
    }

    private static ObjectNode answer(ObjectNode output) {
        output.withObject("/properties").putObject("metadata").put("$ref", SCHEMAS + "metadata");
        output.withArray("/required").add("metadata");
        return output;
    }

    /** What pointed into the schema points to the same place of the document. */
    private static ObjectNode moved(ObjectNode schema, String name) {
        schema.remove(List.of("$schema", "$id"));
        repoint(schema, name);
        return schema;
    }

    private static void repoint(JsonNode node, String name) {
        String target = Json.string(node, "$ref");
        if (target.startsWith("#") && node instanceof ObjectNode object) {
            object.put("$ref", SCHEMAS + name + target.substring(1));
        }
        node.forEach(child -> repoint(child, name));
    }
}
