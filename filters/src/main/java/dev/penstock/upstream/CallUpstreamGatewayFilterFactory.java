package dev.penstock.upstream;

import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Step;

/** The terminal step: tries the candidates, one after the other, until one answers. Never calls the rest. */
public final class CallUpstreamGatewayFilterFactory
        extends LlmGatewayFilterFactory<CallUpstreamGatewayFilterFactory.Config> {

    private final Failover failover;

    /** Nothing to configure per route. */
    public record Config() {}

    CallUpstreamGatewayFilterFactory(Failover failover) {
        super(Step.CALL_UPSTREAM, Config.class);
        this.failover = failover;
    }

    @Override
    protected LlmFilter create(Config config) {
        return (exchange, rest) -> failover.answer(exchange);
    }
}
