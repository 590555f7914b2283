package dev.penstock.prompt.kind;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a kind gives. Texts may be bounded by a number of the request: {@code "x-max-length-from": "character_limit"}. */
final class OutputSchema {

    private static final String LIMIT = "x-max-length-from";

    private final JsonSchema schema;
    private final JsonNode whole;
    private final JsonNode properties;
    private final Map<String, String> limits;
    private final AskedSchema asked;

    private OutputSchema(JsonNode tree, Map<String, String> limits) {
        this.schema = JsonSchema.of(AskedSchema.withoutExtensions(tree));
        this.whole = tree;
        this.properties = tree.path("properties");
        this.limits = Map.copyOf(limits);
        this.asked = AskedSchema.of(tree);
    }

    /** @throws IllegalArgumentException when it is no schema of an object, or bounds a text by what the input lacks */
    static OutputSchema of(JsonNode tree, InputSchema input) {
        if (!Json.string(tree, "type").equals("object")
                || tree.path("properties").isEmpty()) {
            throw new IllegalArgumentException("schema without properties (expected: one of type object)");
        }
        if (tree.path("properties").has("metadata")) {
            throw new IllegalArgumentException("field 'metadata' is one that every answer has already");
        }
        Map<String, String> limits = new LinkedHashMap<>();
        for (var property : tree.path("properties").properties()) {
            String from = Json.string(property.getValue(), LIMIT);
            if (property.getValue().has(LIMIT) && !input.isInteger(from)) {
                throw new IllegalArgumentException("'" + LIMIT + "' (expected: an integer field of the input)");
            }
            if (!from.isEmpty()) {
                limits.put(property.getKey(), from);
            }
        }
        return new OutputSchema(tree, limits);
    }

    /** Without our own keywords. A copy. */
    ObjectNode tree() {
        return (ObjectNode) AskedSchema.withoutExtensions(whole);
    }

    /** As a model is asked for it. */
    AnswerFormat format(String name) {
        return new AnswerFormat.JsonSchema(name, null, asked.tree(), asked.strict());
    }

    /** The candidate without fields that the kind does not have, such as comments or metadata of the model's own. */
    ObjectNode pruned(ObjectNode candidate) {
        ObjectNode kept = candidate.deepCopy();
        List<String> strange = new ArrayList<>(kept.propertyNames());
        strange.removeIf(properties::has);
        return kept.remove(strange);
    }

    /** The texts that are bounded for this request, and the most characters (code points) of each. */
    Map<String, Integer> limits(JsonNode input) {
        Map<String, Integer> found = new LinkedHashMap<>();
        limits.forEach((field, from) -> found.put(field, (int) Math.min(Json.integer(input, from), Integer.MAX_VALUE)));
        found.values().removeIf(limit -> limit <= 0);
        return found;
    }

    /** The first thing that is wrong with an answer to this input. */
    Optional<Violation> violation(ObjectNode answer, JsonNode input) {
        return schema.violation(answer).or(() -> tooLong(answer, input));
    }

    private Optional<Violation> tooLong(ObjectNode answer, JsonNode input) {
        for (var limit : limits(input).entrySet()) {
            String text = Json.string(answer, limit.getKey());
            int length = text.codePointCount(0, text.length());
            if (length > limit.getValue()) {
                return Optional.of(new Violation(
                        limit.getKey(), length + " characters", "at most " + limit.getValue() + " characters"));
            }
        }
        return Optional.empty();
    }
}
