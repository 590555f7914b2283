package dev.penstock.prompt.kind;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.GatewayException;
import dev.penstock.prompt.template.OutputTooLarge;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A content kind, compiled. Immutable. */
public final class Kind {

    private final String name;
    private final KindFile file;
    private final Map<String, PromptVersion> versions;
    private final InputSchema input;
    private final OutputSchema output;
    private final Fallback fallback;

    Kind(String name, KindFile file, Map<String, PromptVersion> versions, Shape shape) {
        this.name = name;
        this.file = file;
        this.versions = versions;
        this.input = shape.input();
        this.output = shape.output();
        this.fallback = shape.fallback();
    }

    /** What goes in, what comes out, and what comes out when a model fails. */
    record Shape(InputSchema input, OutputSchema output, Fallback fallback) {}

    public String name() {
        return name;
    }

    /** The model to ask where the request names none; empty leaves it to the route. */
    public String model() {
        return file.model();
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

    /** What it gives, metadata not among it; a JSON Schema (2020-12) of the caller's own. */
    public ObjectNode outputSchema() {
        return output.tree();
    }

    /** A request that is right. A copy. */
    public ObjectNode example() {
        return file.example().deepCopy();
    }

    /**
     * The request with the kind's defaults in it.
     *
     * @throws GatewayException when a field is unknown, missing or wrong
     */
    public ObjectNode input(ObjectNode body) {
        return input.check(body);
    }

    /**
     * The named version, or the live one for an empty name.
     *
     * @throws GatewayException when there is none of that name
     */
    public PromptVersion version(String wanted) {
        PromptVersion found = versions.get(wanted.isEmpty() ? file.live() : wanted);
        if (found == null) {
            throw GatewayException.invalid(
                    "prompt_version",
                    "names no version of '" + name + "'",
                    "one of: " + String.join(", ", versions.keySet()));
        }
        return found;
    }

    /** @throws OutputTooLarge when the input makes it longer than a prompt may be */
    public ChatRequest prompt(PromptVersion version, JsonNode input) {
        AnswerFormat format = output.format(name);
        return ChatRequest.of(version.turns(values(input)), format, file.sampling());
    }

    /** A model's object without the fields that this kind does not have. */
    public ObjectNode pruned(ObjectNode candidate) {
        return output.pruned(candidate);
    }

    /** The first thing that keeps an object from being an answer to this input. */
    public Optional<Violation> violation(ObjectNode answer, JsonNode input) {
        return output.violation(answer, input);
    }

    /** The answer that needs no model: the same for the same input. */
    public ObjectNode fallback(JsonNode input) {
        return fallback.render(values(input), output.limits(input));
    }

    private Map<String, Object> values(JsonNode input) {
        return Values.of(input, this.input.names());
    }
}
