package dev.penstock.prompt.kind;

import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code default}s of a schema's first level, and those below {@code then} where its {@code if} holds, alone or in an
 * {@code allOf}: JSON Schema itself gives the keyword no effect. {@code x-default-from} takes the platform's own limit of a
 * text.
 *
 * @param limits the name of the limit by the field that it fills
 */
record Defaults(List<Rule> rules, Map<String, String> limits, Rules platforms) {

    private static final String FROM = "x-default-from";

    /** {@code condition} is absent where the values always hold. */
    record Rule(@Nullable JsonSchema condition, ObjectNode values) {

        boolean holds(JsonNode body) {
            return condition == null || condition.fits(body);
        }
    }

    /** @throws IllegalArgumentException when a default is to come from a limit that some row does not have */
    static Defaults of(JsonNode schema, Rules platforms) {
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule(null, valuesOf(schema)));
        rules.addAll(conditional(schema));
        schema.path("allOf").forEach(part -> rules.addAll(conditional(part)));
        Map<String, String> limits = new LinkedHashMap<>();
        for (var property : schema.path("properties").properties()) {
            if (property.getValue().has(FROM)) {
                limits.put(property.getKey(), bound(Json.string(property.getValue(), FROM), platforms));
            }
        }
        return new Defaults(List.copyOf(rules), limits, platforms);
    }

    /** A copy of the body, with what it lacks. */
    ObjectNode applied(ObjectNode body) {
        ObjectNode filled = body.deepCopy();
        for (Rule rule : rules) {
            if (rule.holds(filled)) {
                rule.values().properties().forEach(value -> filled.putIfAbsent(value.getKey(), value.getValue()));
            }
        }
        limits.forEach((field, limit) ->
                platforms.limit(limit, filled).ifPresent(it -> filled.putIfAbsent(field, IntNode.valueOf(it.most()))));
        return filled;
    }

    private static String bound(String limit, Rules platforms) {
        if (!platforms.bound(limit)) {
            throw new IllegalArgumentException(
                    "'" + FROM + "' (expected: an entry with 'most' in every row of the kind's 'rules')");
        }
        return limit;
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
