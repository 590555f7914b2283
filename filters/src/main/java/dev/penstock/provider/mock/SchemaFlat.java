package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Replaces {@code $ref} and {@code allOf} by what they mean. References leave the document never. */
final class SchemaFlat {

    private static final int DEEPEST = 16;

    private final JsonNode root;
    private final Allowance allowance;

    SchemaFlat(JsonNode root, Allowance allowance) {
        this.root = root;
        this.allowance = allowance;
    }

    /** A schema object without {@code $ref} and {@code allOf}; empty for {@code true}, {@code false} and what is too deep. */
    ObjectNode of(JsonNode schema) {
        return of(schema, 0);
    }

    /** The schema that the reference names; missing when it is not in this document. */
    JsonNode resolve(String reference) {
        if (reference.equals("#")) {
            return root;
        }
        if (reference.startsWith("#/")) {
            return root.at(JsonPointer.compile(reference.substring(1)));
        }
        String anchor = reference.startsWith("#") ? reference.substring(1) : "";
        for (JsonNode definition : root.path("$defs")) {
            if (!anchor.isEmpty() && Json.string(definition, "$anchor").equals(anchor)) {
                return definition;
            }
        }
        return MissingNode.getInstance();
    }

    private ObjectNode of(JsonNode schema, int depth) {
        ObjectNode flat = Json.object();
        if (!schema.isObject() || depth > DEEPEST || !allowance.take()) {
            return flat;
        }
        for (var member : schema.properties()) {
            if (!member.getKey().equals("$ref") && !member.getKey().equals("allOf")) {
                flat.set(member.getKey(), member.getValue());
            }
        }
        String reference = Json.string(schema, "$ref");
        if (!reference.isEmpty()) {
            flat = SchemaMerge.of(flat, of(resolve(reference), depth + 1));
        }
        for (JsonNode part : schema.path("allOf")) {
            flat = SchemaMerge.of(flat, of(part, depth + 1));
        }
        return flat;
    }
}
