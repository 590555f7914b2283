package dev.penstock.prompt.kind;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a kind gives: a JSON Schema, and demands that depend on the request. */
final class OutputSchema {

    private final JsonSchema schema;
    private final JsonNode whole;
    private final Demands demands;
    private final AskedSchema asked;

    private OutputSchema(JsonNode tree, Demands demands) {
        this.schema = JsonSchema.of(AskedSchema.withoutExtensions(tree));
        this.whole = tree;
        this.demands = demands;
        this.asked = AskedSchema.of(tree);
    }

    /** @throws IllegalArgumentException when it is no schema of an object, or demands what the input lacks */
    static OutputSchema of(JsonNode tree, InputSchema input, Rules rules) {
        if (!Json.string(tree, "type").equals("object")
                || tree.path("properties").isEmpty()) {
            throw new IllegalArgumentException("schema without properties (expected: one of type object)");
        }
        if (tree.path("properties").has("metadata")) {
            throw new IllegalArgumentException("field 'metadata' is one that every answer has already");
        }
        return new OutputSchema(tree, Demands.of(tree, input, rules));
    }

    /** Without our own keywords. A copy. */
    ObjectNode tree() {
        return (ObjectNode) AskedSchema.withoutExtensions(whole);
    }

    /** The request's field that an answer is a judgement of, where it is one. */
    Optional<String> judged() {
        return demands.all().stream()
                .filter(ComplianceDemand.class::isInstance)
                .map(demand -> ((ComplianceDemand) demand).text())
                .findFirst();
    }

    /** As a model is asked for it. */
    AnswerFormat format(String name) {
        return new AnswerFormat.JsonSchema(name, null, asked.tree(), asked.strict());
    }

    /** The candidate without fields that the kind does not have, such as comments or metadata of the model's own. */
    ObjectNode pruned(ObjectNode candidate) {
        return Shape.pruned(candidate, whole);
    }

    /** The first thing that is wrong with an answer to this input. */
    Optional<Violation> violation(ObjectNode answer, JsonNode input) {
        return schema.violation(answer).or(() -> demands.violation(answer, input));
    }

    /** An answer whose texts and lists are cut to what this input allows. */
    ObjectNode cut(ObjectNode answer, JsonNode input) {
        ObjectNode cut = (ObjectNode) Shape.cut(answer, whole);
        demands.cut(cut, input);
        return cut;
    }
}
