package dev.penstock.prompt;

import dev.penstock.exchange.LlmExchange;
import dev.penstock.prompt.kind.Kind;
import dev.penstock.prompt.kind.PromptVersion;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What RenderPrompt leaves for FitSchema. It is no fact, since no step outside this package reads it; it travels in Spring's
 * attributes under this class's name.
 *
 * @param input the request, defaults included
 */
record Rendered(Kind kind, PromptVersion version, ObjectNode input) {

    private static final String ATTRIBUTE = Rendered.class.getName();

    void leaveIn(LlmExchange exchange) {
        exchange.web().getAttributes().put(ATTRIBUTE, this);
    }

    static Optional<Rendered> of(LlmExchange exchange) {
        return Optional.ofNullable(exchange.web().getAttribute(ATTRIBUTE));
    }
}
