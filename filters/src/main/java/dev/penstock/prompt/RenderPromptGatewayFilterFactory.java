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
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Turns a content request into the conversation of its kind; a request that is one already stays as it is. */
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
        return (exchange, rest) -> Mono.defer(() -> {
            exchange.put(Fact.PROMPTED, prompted(exchange, exchange.get(Fact.ASKED)));
            return rest.of(exchange);
        });
    }

    private Asked prompted(LlmExchange exchange, Asked asked) {
        return asked.dialect().isEmpty() ? rendered(exchange, asked) : asked;
    }

    private Asked rendered(LlmExchange exchange, Asked asked) {
        Kind kind = kinds.get(kindOf(exchange));
        ObjectNode input = kind.input(asked.body());
        PromptVersion version = kind.version(Json.string(input, "prompt_version"));
        ChatRequest prompt = prompt(kind, version, input).streaming(asked.stream());
        new Rendered(kind, version, input).leaveIn(exchange);
        return Asked.rendered(asked.namedModel().orElse(kind.model()), input, Set.of(), prompt);
    }

    /** No need for a JSON schema is stated: FitSchema finds the object in plain text too. */
    private static ChatRequest prompt(Kind kind, PromptVersion version, ObjectNode input) {
        try {
            return kind.prompt(version, input);
        } catch (OutputTooLarge tooLarge) {
            Told told = Told.of("The rendered prompt is larger than allowed.");
            throw new GatewayException(ErrorCode.REQUEST_TOO_LARGE, told, tooLarge.getMessage());
        }
    }

    private static String kindOf(LlmExchange exchange) {
        return ServerWebExchangeUtils.getUriTemplateVariables(exchange.web()).getOrDefault("kind", "");
    }
}
