package dev.penstock.prompt;

import dev.penstock.core.Asked;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Step;
import dev.penstock.prompt.kind.Kind;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.prompt.kind.PromptVersion;
import dev.penstock.prompt.template.OutputTooLarge;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a content request into the conversation of its kind, and puts a stored prompt before the messages of a chat that names
 * one; any other request stays as it is.
 */
public final class RenderPromptGatewayFilterFactory
        extends LlmGatewayFilterFactory<RenderPromptGatewayFilterFactory.Config> {

    /** Nothing to configure per route. */
    public record Config() {}

    private final Kinds kinds;

    public RenderPromptGatewayFilterFactory(Kinds kinds) {
        super(Step.RENDER_PROMPT, Config.class);
        this.kinds = kinds;
    }

    @Override
    protected LlmFilter create(Config config) {
        kinds.requireIfThere();
        return (exchange, rest) -> {
            exchange.put(Fact.PROMPTED, prompted(exchange, exchange.get(Fact.ASKED)));
            return rest.of(exchange);
        };
    }

    private Asked prompted(LlmExchange exchange, Asked asked) {
        if (asked.dialect().isEmpty()) {
            return rendered(exchange, asked);
        }
        return ChatPrompt.isIn(asked) ? chat(exchange, asked) : asked;
    }

    private Asked chat(LlmExchange exchange, Asked asked) {
        ChatPrompt chat = ChatPrompt.of(asked, kinds);
        decided(exchange, chat.prompt().name(), chat.version());
        return bounded(chat::rendered);
    }

    private static void decided(LlmExchange exchange, String prompt, PromptVersion version) {
        exchange.trail()
                .decided(
                        Step.RENDER_PROMPT,
                        Json.object()
                                .put("prompt", prompt)
                                .put("version", version.name())
                                .put("hash", version.hash()));
    }

    /** No need for a JSON schema is stated: FitSchema finds the object in plain text too. */
    private Asked rendered(LlmExchange exchange, Asked asked) {
        Kind kind = kinds.get(kindOf(exchange));
        ObjectNode input = kind.input(asked.body());
        String pinned = Json.string(input, "prompt_version");
        PromptVersion version =
                kind.version(pinned.isEmpty() ? exchange.get(Fact.VARIANT).promptVersion() : pinned);
        ChatRequest prompt = bounded(() -> kind.prompt(version, input)).streaming(asked.stream());
        decided(exchange, kind.name(), version);
        new Rendered(kind, version, input).leaveIn(exchange);
        return Asked.rendered(asked.namedModel().orElse(kind.model()), input, Set.of(), prompt);
    }

    private static <T> T bounded(Supplier<T> made) {
        try {
            return made.get();
        } catch (OutputTooLarge tooLarge) {
            Told told = Told.of("The rendered prompt is larger than allowed.");
            throw new GatewayException(ErrorCode.REQUEST_TOO_LARGE, told, tooLarge.getMessage());
        }
    }

    private static String kindOf(LlmExchange exchange) {
        return ServerWebExchangeUtils.getUriTemplateVariables(exchange.web()).getOrDefault("kind", "");
    }
}
