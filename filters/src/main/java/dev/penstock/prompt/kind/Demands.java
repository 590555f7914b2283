package dev.penstock.prompt.kind;

import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The keywords of our own in the first level of an answer's schema. */
record Demands(List<Demand> all) {

    private static final List<String> KEYWORDS = List.of(
            LengthDemand.FROM, LengthDemand.LIMIT, CountDemand.FROM, PlaceholderDemand.FROM, ComplianceDemand.OF);

    /** @throws IllegalArgumentException when a keyword is unknown, stands too deep, or names what the input lacks */
    static Demands of(JsonNode schema, InputSchema input, Rules rules) {
        List<Demand> found = new ArrayList<>();
        for (var property : schema.path("properties").properties()) {
            JsonNode declared = property.getValue();
            refuseUnknown(declared);
            String field = property.getKey();
            if (declared.has(LengthDemand.FROM) || declared.has(LengthDemand.LIMIT)) {
                found.add(length(field, declared, input, rules));
            }
            if (declared.has(CountDemand.FROM)) {
                found.add(new CountDemand(field, named(declared, CountDemand.FROM, "integer", input)));
            }
            if (declared.has(PlaceholderDemand.FROM)) {
                found.add(new PlaceholderDemand(field, named(declared, PlaceholderDemand.FROM, "array", input)));
            }
            if (declared.has(ComplianceDemand.OF)) {
                found.add(compliance(field, declared.path(ComplianceDemand.OF), input));
            }
        }
        return new Demands(List.copyOf(found));
    }

    /** The first that a complete answer does not meet. */
    Optional<Violation> violation(JsonNode answer, JsonNode input) {
        return all.stream()
                .flatMap(demand -> demand.violation(answer.path(demand.field()), input).stream())
                .findFirst();
    }

    void cut(ObjectNode answer, JsonNode input) {
        for (Demand demand : all) {
            if (answer.has(demand.field())) {
                answer.set(demand.field(), demand.cut(answer.path(demand.field()), input));
            }
        }
    }

    private static Demand length(String field, JsonNode declared, InputSchema input, Rules rules) {
        String limit = Json.string(declared, LengthDemand.LIMIT);
        if (declared.has(LengthDemand.LIMIT) && !rules.bound(limit)) {
            throw new IllegalArgumentException(
                    "'" + LengthDemand.LIMIT + "' (expected: an entry with 'most' in every row of the kind's 'rules')");
        }
        String from = declared.has(LengthDemand.FROM) ? named(declared, LengthDemand.FROM, "integer", input) : "";
        return new LengthDemand(field, from, limit, rules);
    }

    private static Demand compliance(String field, JsonNode of, InputSchema input) {
        String text = Json.string(of, "text");
        String guidelines = Json.string(of, "guidelines");
        if (!input.isOfType(text, "string") || !input.isOfType(guidelines, "object")) {
            throw new IllegalArgumentException("'" + ComplianceDemand.OF
                    + "' (expected: text, a text field of the input, and guidelines, an object field of it)");
        }
        return new ComplianceDemand(field, text, guidelines, input::brand);
    }

    private static String named(JsonNode declared, String keyword, String type, InputSchema input) {
        String from = Json.string(declared, keyword);
        if (!input.isOfType(from, type)) {
            String article = type.startsWith("i") || type.startsWith("a") ? "an " : "a ";
            throw new IllegalArgumentException(
                    "'" + keyword + "' (expected: " + article + type + " field of the input)");
        }
        return from;
    }

    private static void refuseUnknown(JsonNode declared) {
        for (String name : declared.propertyNames()) {
            if (name.startsWith("x-") && !KEYWORDS.contains(name)) {
                throw new IllegalArgumentException(
                        "'" + name + "' is unknown (expected one of: " + String.join(", ", KEYWORDS) + ")");
            }
        }
        refuseBelow(declared.path("items"));
        declared.path("properties").forEach(Demands::refuseBelow);
    }

    private static void refuseBelow(JsonNode schema) {
        for (String name : schema.propertyNames()) {
            if (name.startsWith("x-")) {
                throw new IllegalArgumentException(
                        "'" + name + "' stands below the first level (expected: at fields of the answer itself)");
            }
        }
        if (schema.isObject()) {
            refuseBelow(schema.path("items"));
            schema.path("properties").forEach(Demands::refuseBelow);
        }
    }
}
