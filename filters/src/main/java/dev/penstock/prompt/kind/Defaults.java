package dev.penstock.prompt.kind;

import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code default}s of a schema's first level, and those below {@code then} where its {@code if} holds, alone or in an
 * {@code allOf}: JSON Schema itself gives the keyword no effect.
 */
record Defaults(List<Rule> rules) {

    /** {@code condition} is absent where the values always hold. */
    record Rule(@Nullable JsonSchema condition, ObjectNode values) {

        boolean holds(JsonNode body) {
            return condition == null || condition.fits(body);
        }
    }

    static Defaults of(JsonNode schema) {
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule(null, valuesOf(schema)));
        rules.addAll(conditional(schema));
        schema.path("allOf").forEach(part -> rules.addAll(conditional(part)));
        return new Defaults(List.copyOf(rules));
    }

    /** A copy of the body, with what it lacks. */
    ObjectNode applied(ObjectNode body) {
        ObjectNode filled = body.deepCopy();
        for (Rule rule : rules) {
            if (rule.holds(filled)) {
                rule.values().properties().forEach(value -> filled.putIfAbsent(value.getKey(), value.getValue()));
            }
        }
        return filled;
    }

    private static List<Rule> conditional(JsonNode schema) {
        return schema.has("if")
                ? List.of(new Rule(JsonSchema.of(schema.get("if")), valuesOf(schema.path("then"))))
                : List.of();
    }

    private static ObjectNode valuesOf(JsonNode schema) {
        ObjectNode values = Json.object();
        for (var property : schema.path("properties").properties()) {
            if (property.getValue().has("default")) {
                values.set(property.getKey(), property.getValue().get("default"));
            }
        }
        return values;
    }
}
