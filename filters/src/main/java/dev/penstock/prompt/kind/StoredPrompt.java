package dev.penstock.prompt.kind;

import dev.penstock.core.BrandRules;
import dev.penstock.core.ChatRequest.Sampling;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Turn;
import dev.penstock.prompt.template.OutputTooLarge;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A versioned prompt and what it takes: a content kind's, or one for chats alone. Immutable. */
public final class StoredPrompt {

    private final String name;
    private final KindFile file;
    private final Map<String, PromptVersion> versions;
    private final InputSchema input;
    private final Brands brands;

    StoredPrompt(String name, KindFile file, Map<String, PromptVersion> versions, InputSchema input, Brands brands) {
        this.name = name;
        this.file = file;
        this.versions = versions;
        this.input = input;
        this.brands = brands;
    }

    public String name() {
        return name;
    }

    /** The model to ask where the request names none; empty leaves it to the route. */
    public String model() {
        return file.model();
    }

    /** How its answers are drawn where the request does not say. */
    public Sampling sampling() {
        return file.sampling();
    }

    /** The version for requests that name none. */
    public String live() {
        return file.live();
    }

    /** Every version by its name. */
    public Map<String, PromptVersion> versions() {
        return versions;
    }

    /** What it takes, with the fields that all kinds share; a JSON Schema (2020-12) of the caller's own. */
    public ObjectNode inputSchema() {
        return input.tree();
    }

    /** A request that is right. A copy. */
    public ObjectNode example() {
        return file.example().deepCopy();
    }

    /**
     * The request with the prompt's defaults and its brand's profile in it.
     *
     * @throws GatewayException when a field is unknown, missing or wrong
     */
    public ObjectNode input(ObjectNode body) {
        return brands.applied(input.check(body));
    }

    /**
     * The named version, or the live one for an empty name.
     *
     * @param field what the caller named it in
     * @throws GatewayException when there is none of that name
     */
    public PromptVersion version(String wanted, String field) {
        PromptVersion found = versions.get(wanted.isEmpty() ? file.live() : wanted);
        if (found == null) {
            throw GatewayException.invalid(
                    field, "names no version of '" + name + "'", "one of: " + String.join(", ", versions.keySet()));
        }
        return found;
    }

    /** @throws OutputTooLarge when the input makes it longer than a prompt may be */
    public List<Turn> turns(PromptVersion version, JsonNode input) {
        return version.turns(values(input));
    }

    /** What the brand of a request forbids and demands of every answer. */
    public BrandRules brand(JsonNode input) {
        return brands.rules(input);
    }

    Map<String, Object> values(JsonNode input) {
        return this.input.values(input);
    }
}
