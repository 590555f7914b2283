package dev.penstock.admit;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Step;
import reactor.core.publisher.Mono;

/** Lets a request in: its head is right, its body arrives in time and within the limits. Puts {@link Fact#BODY}. */
public final class AdmitGatewayFilterFactory extends LlmGatewayFilterFactory<AdmitGatewayFilterFactory.Config> {

    /** Nothing to configure per route; the limits are those of {@code inbound:}. */
    public record Config() {}

    private final InFlight inFlight;
    private final BodyReader reader;

    AdmitGatewayFilterFactory(InFlight inFlight, BodyReader reader) {
        super(Step.ADMIT, Config.class);
        this.inFlight = inFlight;
        this.reader = reader;
    }

    @Override
    protected LlmFilter create(Config config) {
        return this::admit;
    }

    private Mono<Answer> admit(LlmExchange exchange, Rest rest) {
        RequestHead.check(exchange.request());
        RequestHead.unknownHeaders(exchange.request(), exchange.trail()::ignore);
        InboundConfig limits = exchange.settings().get(InboundConfig.class);
        InFlight.Lease lease = inFlight.lease(limits.inFlightBytes().toBytes());
        Mono<Answer> admitted = reader.read(exchange, limits, lease, body -> {
            exchange.put(Fact.BODY, body);
            return rest.of(exchange);
        });
        return Over.watch(admitted, over -> lease.giveBack());
    }
}
