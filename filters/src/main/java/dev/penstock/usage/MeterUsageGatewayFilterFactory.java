package dev.penstock.usage;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Step;
import java.time.Clock;
import reactor.core.publisher.Mono;

/** Puts usage and cost on every attempt when the answer is over, however it ended. */
public final class MeterUsageGatewayFilterFactory
        extends LlmGatewayFilterFactory<MeterUsageGatewayFilterFactory.Config> {

    /** Nothing to configure per route; {@code prices:} says what costs what. */
    public record Config() {}

    private final Clock clock;

    /** {@code clock} decides which of a model's prices holds. */
    MeterUsageGatewayFilterFactory(Clock clock) {
        super(Step.METER_USAGE, Config.class);
        this.clock = clock;
    }

    @Override
    protected LlmFilter create(Config config) {
        return this::meter;
    }

    private Mono<Answer> meter(LlmExchange exchange, Rest rest) {
        Metering metering = new Metering(exchange, clock);
        exchange.gates().add(metering);
        return Over.watch(rest.of(exchange), metering::answered, over -> metering.settle());
    }
}
