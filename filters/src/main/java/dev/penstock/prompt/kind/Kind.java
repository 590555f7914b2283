package dev.penstock.prompt.kind;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.BrandRules;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.prompt.template.OutputTooLarge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A content kind, compiled. Immutable. */
public final class Kind {

    private final StoredPrompt prompt;
    private final OutputSchema output;
    private final Fallback fallback;

    /** {@code output} and {@code fallback}: what comes out, and what comes out when a model fails. */
    Kind(StoredPrompt prompt, OutputSchema output, Fallback fallback) {
        this.prompt = prompt;
        this.output = output;
        this.fallback = fallback;
    }

    public String name() {
        return prompt.name();
    }

    /** Its prompt, and what it takes. */
    public StoredPrompt prompt() {
        return prompt;
    }

    /** The model to ask where the request names none; empty leaves it to the route. */
    public String model() {
        return prompt.model();
    }

    /** What it gives, metadata not among it; a JSON Schema (2020-12) of the caller's own. */
    public ObjectNode outputSchema() {
        return output.tree();
    }

    /**
     * The request with the kind's defaults in it.
     *
     * @throws GatewayException when a field is unknown, missing or wrong
     */
    public ObjectNode input(ObjectNode body) {
        return prompt.input(body);
    }

    /**
     * The named version, or the live one for an empty name.
     *
     * @throws GatewayException when there is none of that name
     */
    public PromptVersion version(String wanted) {
        return prompt.version(wanted, "prompt_version");
    }

    /** @throws OutputTooLarge when the input makes it longer than a prompt may be */
    public ChatRequest prompt(PromptVersion version, JsonNode input) {
        AnswerFormat format = output.format(name());
        return ChatRequest.of(prompt.turns(version, input), format, prompt.sampling());
    }

    /** A model's object without the fields that this kind does not have. */
    public ObjectNode pruned(ObjectNode candidate) {
        return output.pruned(candidate);
    }

    /** The first thing that keeps an object from being an answer to this input. */
    public Optional<Violation> violation(ObjectNode answer, JsonNode input) {
        return output.violation(answer, input);
    }

    /**
     * What an answer breaks of its brand's rules, word for word. Of a kind that judges a text of the request, it is that text that
     * is looked at, for its answer has to quote it.
     */
    public List<BrandRules.Finding> brandFindings(ObjectNode answer, JsonNode input) {
        BrandRules rules = prompt.brand(input);
        if (rules.isEmpty()) {
            return List.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        output.judged()
                .ifPresentOrElse(field -> texts.put(field, Json.string(input, field)), () -> gather("", answer, texts));
        return rules.findings(texts);
    }

    /** Whether its answers are judgements of a text of the request. */
    public boolean judges() {
        return output.judged().isPresent();
    }

    private static void gather(String path, JsonNode node, Map<String, String> texts) {
        if (node.isString()) {
            texts.put(path, node.stringValue());
        }
        node.properties()
                .forEach(member -> gather(
                        path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue(), texts));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            gather(path + "[" + i + "]", node.get(i), texts);
        }
    }

    /** The answer that needs no model: the same for the same input. */
    public ObjectNode fallback(JsonNode input) {
        return output.cut(fallback.render(prompt.values(input)), input);
    }
}
