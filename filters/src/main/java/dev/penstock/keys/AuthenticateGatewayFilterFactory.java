package dev.penstock.keys;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Step;
import reactor.core.publisher.Mono;

/** Trades the caller's key for a {@link Fact#CALLER}; refuses the request when no live key matches. */
public final class AuthenticateGatewayFilterFactory
        extends LlmGatewayFilterFactory<AuthenticateGatewayFilterFactory.Config> {

    /** Nothing to configure per route. */
    public record Config() {}

    private final Callers callers;

    AuthenticateGatewayFilterFactory(Callers callers) {
        super(Step.AUTHENTICATE, Config.class);
        this.callers = callers;
    }

    @Override
    protected LlmFilter create(Config config) {
        return this::authenticate;
    }

    private Mono<Answer> authenticate(LlmExchange exchange, Rest rest) {
        return callers.of(exchange.request(), exchange.settings()).flatMap(caller -> {
            exchange.put(Fact.CALLER, caller);
            return rest.of(exchange);
        });
    }
}
