package dev.penstock.prompt.kind;

import dev.penstock.core.BrandRules;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a kind takes: its own fields and those that all kinds share. Fields that it does not name are refused. */
final class InputSchema {

    /** The fields of every kind (CONTRACT section 5). Bounded, since they stand in prompts. */
    private static final String COMMON = """
            { "model": { "type": "string", "minLength": 1, "maxLength": 200 },
              "stream": { "type": "boolean" },
              "prompt_version": { "type": "string", "minLength": 1, "maxLength": 40 },
              "brand_context": {
                "type": "object",
                "properties": {
                  "voice": { "type": "string", "maxLength": 500 },
                  "tone": { "type": "string", "maxLength": 500 },
                  "keywords": { "type": "array", "maxItems": 50, "items": { "type": "string", "maxLength": 100 } },
                  "style": { "type": "object", "maxProperties": 50 } },
                "additionalProperties": false } }""";

    /** The name under which templates read the row of the platform's rules. */
    private static final String RULES = "rules";

    private final JsonSchema schema;
    private final Defaults defaults;
    private final ObjectNode whole;
    private final Rules rules;
    private final Brands brands;

    private InputSchema(JsonSchema schema, Defaults defaults, ObjectNode whole, Rules rules, Brands brands) {
        this.schema = schema;
        this.defaults = defaults;
        this.whole = whole;
        this.rules = rules;
        this.brands = brands;
    }

    /** @throws IllegalArgumentException when it is no schema, or names a field that all kinds share */
    static InputSchema of(ObjectNode declared, Rules rules, Brands brands) {
        ObjectNode whole = declared.deepCopy();
        ObjectNode properties = whole.withObject("/properties");
        for (var common : Json.LENIENT_DEPTH.read(COMMON).properties()) {
            if (properties.has(common.getKey())) {
                throw new IllegalArgumentException(
                        "field '" + common.getKey() + "' is one that every kind has already");
            }
            properties.set(common.getKey(), common.getValue());
        }
        brands.offer(properties.withObject("/brand_context/properties"));
        if (properties.has(RULES)) {
            throw new IllegalArgumentException(
                    "field '" + RULES + "' (expected: another name, templates use this one)");
        }
        whole.put("type", "object");
        whole.put("additionalProperties", false);
        ObjectNode plain = (ObjectNode) AskedSchema.withoutExtensions(whole);
        return new InputSchema(JsonSchema.of(plain), Defaults.of(whole, rules), plain, rules, brands);
    }

    /** The names that templates may read. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(whole.path("properties").propertyNames());
        names.remove("model");
        names.remove("prompt_version");
        if (!rules.isEmpty()) {
            names.add(RULES);
        }
        return names;
    }

    /** What templates see of a request. */
    Map<String, Object> values(JsonNode input) {
        Map<String, Object> values = new LinkedHashMap<>(Values.of(input, names()));
        if (!rules.isEmpty()) {
            values.put(RULES, Values.of(rules.row(input)));
        }
        return values;
    }

    /** The whole schema, with the fields that all kinds share. A copy. */
    ObjectNode tree() {
        return whole.deepCopy();
    }

    /** What the brand of a request forbids and demands. */
    BrandRules brand(JsonNode input) {
        return brands.rules(input);
    }

    /** Whether it has a field of this name and JSON type. */
    boolean isOfType(String field, String type) {
        return Json.string(property(field), "type").equals(type);
    }

    /** @throws IllegalArgumentException when it has no text of this name */
    void requireText(String field) {
        if (!isOfType(field, "string")) {
            throw new IllegalArgumentException("'by' " + field + " (expected: text fields of the input)");
        }
    }

    /** The values of a required field that has an {@code enum}; else empty. */
    List<String> choices(String field) {
        boolean isRequired = whole.path("required")
                .valueStream()
                .anyMatch(name -> name.asString("").equals(field));
        return isRequired
                ? property(field)
                        .path("enum")
                        .valueStream()
                        .map(value -> value.asString(""))
                        .toList()
                : List.of();
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

    private JsonNode property(String field) {
        return whole.path("properties").path(field);
    }
}
