package dev.penstock.upstream;

import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Step;

/** Turns the model that was asked for into the targets to try, best first; passes over those that cannot serve the request. */
public final class SelectUpstreamGatewayFilterFactory
        extends LlmGatewayFilterFactory<SelectUpstreamGatewayFilterFactory.Config> {

    private final Targets targets;

    /** Nothing to configure per route. */
    public record Config() {}

    SelectUpstreamGatewayFilterFactory(Targets targets) {
        super(Step.SELECT_UPSTREAM, Config.class);
        this.targets = targets;
    }

    @Override
    protected LlmFilter create(Config config) {
        return (exchange, rest) -> {
            exchange.put(Fact.CANDIDATES, targets.of(exchange));
            return rest.of(exchange);
        };
    }
}
