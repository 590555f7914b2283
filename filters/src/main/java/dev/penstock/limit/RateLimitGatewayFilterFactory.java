package dev.penstock.limit;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Step;
import dev.penstock.limit.RuleBook.Page;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.WhenAway;
import reactor.core.publisher.Mono;

/** Takes from the limits of the caller, and has every attempt take from those of its provider and model. */
public final class RateLimitGatewayFilterFactory extends LlmGatewayFilterFactory<RateLimitGatewayFilterFactory.Config> {

    /** Nothing to configure per route; limits stand at services, teams and providers. */
    public record Config() {}

    private final Limits limits;
    private final Refusals refusals;

    RateLimitGatewayFilterFactory(Limits limits, Refusals refusals) {
        super(Step.RATE_LIMIT, Config.class);
        this.limits = limits;
        this.refusals = refusals;
    }

    @Override
    protected LlmFilter create(Config config) {
        return this::limited;
    }

    private Mono<Answer> limited(LlmExchange exchange, Rest rest) {
        RuleBook book = RuleBook.of(exchange.settings());
        Page page = book.of(exchange.get(Fact.CALLER));
        if (page.isEmpty() && !book.hasProviders()) {
            return rest.of(exchange);
        }
        WhenAway mode = exchange.settings().get(LimitSettings.class).whenAway();
        return new Limited(exchange, book, page, limits.of(mode, exchange.loop()), refusals).answer(rest);
    }
}
