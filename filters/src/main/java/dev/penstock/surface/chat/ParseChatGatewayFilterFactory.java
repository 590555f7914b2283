package dev.penstock.surface.chat;

import dev.penstock.core.Asked;
import dev.penstock.core.Json;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.ParseStep;
import dev.penstock.exchange.Settings;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Surface;
import java.util.function.Function;

/** Reads the body of a chat completion request: {@code BODY} becomes {@code ASKED}, or the request is refused. */
public final class ParseChatGatewayFilterFactory extends LlmGatewayFilterFactory<ParseChatGatewayFilterFactory.Config>
        implements ParseStep {

    /** Nothing to configure per route. */
    public record Config() {}

    private final ChatSurface surface;
    private final Function<Settings, Json> json;

    /** {@code json} gives the reader of bodies, with the depth that a configuration allows. */
    public ParseChatGatewayFilterFactory(ChatSurface surface, Function<Settings, Json> json) {
        super(Step.PARSE, Config.class);
        this.surface = surface;
        this.json = json;
    }

    @Override
    public Surface surface() {
        return surface;
    }

    @Override
    protected LlmFilter create(Config config) {
        return (exchange, rest) -> {
            exchange.put(Fact.ASKED, read(exchange));
            return rest.of(exchange);
        };
    }

    private Asked read(LlmExchange exchange) {
        return ChatBody.read(exchange.get(Fact.BODY), json.apply(exchange.settings()), exchange.routeModel());
    }
}
