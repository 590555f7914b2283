package dev.penstock.prompt.kind;

import dev.penstock.core.ChatRequest.Sampling;
import dev.penstock.prompt.template.PromptException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code kind.yml}, read strictly.
 *
 * @param model the model to ask where the request names none; empty leaves it to the route
 * @param live the version for requests that name none
 * @param rules the table of {@code _platforms.yml} and the request's fields that choose its row; empty for none
 * @param input the JSON Schema of the request
 * @param output the name of the answer's schema file; empty, as {@code fallback} is, for a prompt that chats alone use
 * @param fallback the name of the fallback's file
 * @param example a request that everything is tried with at start-up
 */
record KindFile(
        String model,
        Sampling sampling,
        String live,
        RulesAsked rules,
        ObjectNode input,
        String output,
        String fallback,
        ObjectNode example) {

    private static final List<String> KEYS =
            List.of("model", "temperature", "max-tokens", "live", "rules", "input", "output", "fallback", "example");

    /** @throws PromptException with the line and what was expected there */
    static KindFile parse(String file, String text) {
        YamlFile yaml = YamlFile.parse(file, text);
        yaml.refuseOthersThan(KEYS);
        return new KindFile(
                yaml.get("model").isMissingNode() ? "" : word(yaml, "model"),
                sampling(yaml),
                word(yaml, "live"),
                rules(yaml),
                object(yaml, "input"),
                isContent(yaml) ? fileName(yaml, "output") : "",
                isContent(yaml) ? fileName(yaml, "fallback") : "",
                object(yaml, "example"));
    }

    /** A prompt without {@code output} and {@code fallback} is for chats; with one of them the other has to be there. */
    private static boolean isContent(YamlFile yaml) {
        return !yaml.get("output").isMissingNode() || !yaml.get("fallback").isMissingNode();
    }

    boolean isContent() {
        return !output.isEmpty();
    }

    /** {@code table} is empty where the kind has no rules. */
    record RulesAsked(String table, List<String> by) {}

    private static RulesAsked rules(YamlFile yaml) {
        JsonNode rules = yaml.get("rules");
        if (rules.isMissingNode()) {
            return new RulesAsked("", List.of());
        }
        boolean isRead = rules.path("table").isString() && rules.path("by").isArray() && rules.size() == 2;
        if (!isRead || !rules.path("by").valueStream().allMatch(JsonNode::isString)) {
            throw yaml.problem("rules", "is not one (expected: { table: NAME, by: [fields of the input] })");
        }
        List<String> by =
                rules.path("by").valueStream().map(JsonNode::stringValue).toList();
        return new RulesAsked(rules.path("table").stringValue(), by);
    }

    private static Sampling sampling(YamlFile yaml) {
        JsonNode temperature = yaml.get("temperature");
        JsonNode tokens = yaml.get("max-tokens");
        if (!temperature.isMissingNode() && !(temperature.isNumber() && within(temperature.doubleValue(), 0, 2))) {
            throw yaml.problem("temperature", "is not one (expected: a number from 0 to 2)");
        }
        if (!tokens.isMissingNode() && !(tokens.isIntegralNumber() && within(tokens.doubleValue(), 1, 1_000_000))) {
            throw yaml.problem("max-tokens", "is not one (expected: an integer from 1 to 1000000)");
        }
        return new Sampling(
                tokens.isMissingNode() ? null : tokens.intValue(),
                temperature.isMissingNode() ? null : temperature.doubleValue(),
                null,
                null,
                List.of(),
                null);
    }

    private static boolean within(double value, double least, double most) {
        return value >= least && value <= most;
    }

    private static String word(YamlFile yaml, String key) {
        JsonNode value = yaml.get(key);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw yaml.problem(key, "is missing or not a word (expected: a word)");
        }
        return value.stringValue();
    }

    private static String fileName(YamlFile yaml, String key) {
        String name = word(yaml, key);
        if (!name.matches("[A-Za-z0-9_-]+\\.json")) {
            throw yaml.problem(key, "is not the name of a file beside it (expected: such as " + key + ".json)");
        }
        return name;
    }

    private static ObjectNode object(YamlFile yaml, String key) {
        if (yaml.get(key) instanceof ObjectNode object) {
            return object;
        }
        throw yaml.problem(key, "is missing or not a mapping (expected: a mapping)");
    }
}
