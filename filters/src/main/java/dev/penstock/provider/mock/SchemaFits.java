package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import tools.jackson.databind.JsonNode;

/**
 * A small check of a made value, to choose between alternatives. It does not read patterns and formats, and calls fitting
 * what would cost too much to look at.
 */
final class SchemaFits {

    private static final int DEEPEST = 100;

    private final SchemaFlat flat;
    private final Allowance allowance;
    private int depth;

    SchemaFits(SchemaFlat flat, Allowance allowance) {
        this.flat = flat;
        this.allowance = allowance;
    }

    boolean of(JsonNode value, JsonNode schema) {
        if (!schema.isObject() || depth > DEEPEST || !allowance.take()) {
            return !SchemaTypes.never(schema);
        }
        depth++;
        boolean fits = looked(value, schema);
        depth--;
        return fits;
    }

    private boolean looked(JsonNode value, JsonNode schema) {
        String reference = Json.string(schema, "$ref");
        if (!reference.isEmpty() && !of(value, flat.resolve(reference))) {
            return false;
        }
        return isOneOf(value, schema) && combines(value, schema) && inside(value, schema);
    }

    private static boolean isOneOf(JsonNode value, JsonNode schema) {
        if (schema.has("const") && !schema.path("const").equals(value)) {
            return false;
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            return false;
        }
        var types = SchemaTypes.of(schema.path("type"));
        return types.isEmpty() || types.stream().anyMatch(type -> SchemaTypes.has(value, type));
    }

    private boolean combines(JsonNode value, JsonNode schema) {
        if (!schema.path("allOf").valueStream().allMatch(part -> of(value, part))) {
            return false;
        }
        if (schema.has("anyOf") && fitting(value, schema.path("anyOf")) == 0) {
            return false;
        }
        if (schema.has("oneOf") && fitting(value, schema.path("oneOf")) != 1) {
            return false;
        }
        if (schema.has("not") && of(value, schema.path("not"))) {
            return false;
        }
        return !schema.has("if") || of(value, schema.path(of(value, schema.path("if")) ? "then" : "else"));
    }

    private long fitting(JsonNode value, JsonNode branches) {
        return branches.valueStream().filter(branch -> of(value, branch)).count();
    }

    private boolean inside(JsonNode value, JsonNode schema) {
        if (value.isObject()) {
            return members(value, schema);
        }
        if (value.isArray()) {
            return between(value.size(), schema, "minItems", "maxItems") && items(value, schema);
        }
        if (value.isString()) {
            String text = value.stringValue();
            return between(text.codePointCount(0, text.length()), schema, "minLength", "maxLength");
        }
        return !value.isNumber() || NumberValue.fits(value.doubleValue(), schema);
    }

    private boolean members(JsonNode value, JsonNode schema) {
        if (schema.path("required").valueStream().anyMatch(name -> name.isString() && !value.has(name.stringValue()))) {
            return false;
        }
        for (var member : value.properties()) {
            JsonNode own = schema.path("properties").path(member.getKey());
            JsonNode rule = own.isMissingNode() ? schema.path("additionalProperties") : own;
            if (!of(member.getValue(), rule)) {
                return false;
            }
        }
        return between(value.size(), schema, "minProperties", "maxProperties");
    }

    private boolean items(JsonNode value, JsonNode schema) {
        JsonNode first = schema.path("prefixItems");
        for (int i = 0; i < value.size(); i++) {
            if (!of(value.get(i), i < first.size() ? first.get(i) : schema.path("items"))) {
                return false;
            }
        }
        return true;
    }

    private static boolean between(int size, JsonNode schema, String least, String most) {
        return size >= schema.path(least).asDouble(0)
                && size <= schema.path(most).asDouble(Double.MAX_VALUE);
    }
}
