package dev.penstock.prompt.kind;

import dev.penstock.core.BrandRules;
import dev.penstock.core.BrandRules.Finding;
import dev.penstock.core.BrandRules.Rule;
import dev.penstock.core.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A yes or no is no where a text of the request breaks the word-for-word rules of guidelines beside it: what is sure is not
 * left to a model's judgement.
 *
 * @param text the request's field that is judged
 * @param guidelines the request's object with {@code forbidden_terms}, {@code competitors} and {@code required_disclaimers}
 * @param brand what the request's profile says beside them
 */
record ComplianceDemand(String field, String text, String guidelines, Function<JsonNode, BrandRules> brand)
        implements Demand {

    static final String OF = "x-compliance-of";

    /** Tells how many rules are broken, not which words. */
    @Override
    public Optional<Violation> violation(JsonNode value, JsonNode input) {
        List<Finding> findings = findings(input);
        if (!value.asBoolean(false) || findings.isEmpty()) {
            return Optional.empty();
        }
        String expected = "false, since the text has %d forbidden terms, %d competitors and misses %d disclaimers"
                .formatted(
                        count(findings, Rule.FORBIDDEN_TERM),
                        count(findings, Rule.COMPETITOR),
                        count(findings, Rule.MISSING_DISCLAIMER));
        return Optional.of(new Violation(field, "true", expected));
    }

    @Override
    public JsonNode cut(JsonNode value, JsonNode input) {
        return findings(input).isEmpty() ? value : JsonNodeFactory.instance.booleanNode(false);
    }

    private List<Finding> findings(JsonNode input) {
        JsonNode rules = input.path(guidelines);
        return new BrandRules(
                        texts(rules, "forbidden_terms"),
                        texts(rules, "required_disclaimers"),
                        texts(rules, "competitors"))
                .and(brand.apply(input))
                .findings(Json.string(input, text));
    }

    private static List<String> texts(JsonNode rules, String name) {
        return rules.path(name).valueStream().map(term -> term.asString("")).toList();
    }

    private static long count(List<Finding> findings, Rule rule) {
        return findings.stream().filter(finding -> finding.rule() == rule).count();
    }
}
