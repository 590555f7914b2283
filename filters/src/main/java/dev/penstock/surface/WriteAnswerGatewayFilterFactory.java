package dev.penstock.surface;

import dev.penstock.exchange.FirstStepFilter;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Step;
import org.springframework.cloud.gateway.filter.GatewayFilter;

/** The only step that touches the HTTP response. */
public final class WriteAnswerGatewayFilterFactory
        extends LlmGatewayFilterFactory<WriteAnswerGatewayFilterFactory.Config> {

    private final GatewayFilter filter;

    /** Nothing to configure per route. */
    public record Config() {}

    WriteAnswerGatewayFilterFactory(WriteAnswer step) {
        super(Step.WRITE_ANSWER, Config.class);
        this.filter = new FirstStepFilter(step);
    }

    @Override
    protected LlmFilter create(Config config) {
        return (exchange, rest) -> rest.of(exchange);
    }

    @Override
    public GatewayFilter apply(Config config) {
        return filter;
    }
}
