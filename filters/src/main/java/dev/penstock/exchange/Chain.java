package dev.penstock.exchange;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Some steps outside of a route, in their order: for a request that Penstock sends itself. Thread-safe. */
public final class Chain {

    private final List<LlmFilter> filters;

    /** {@code factories} are those of the application; of them the ones of {@code steps} are taken, without arguments. */
    public Chain(Collection<LlmGatewayFilterFactory<?>> factories, Set<Step> steps) {
        this.filters = factories.stream()
                .filter(factory -> steps.contains(factory.step()))
                .sorted(Comparator.comparing(LlmGatewayFilterFactory::step))
                .map(LlmGatewayFilterFactory::plain)
                .toList();
    }

    /** Runs them; whoever calls reads the answer to its end, or closes it. */
    public Mono<Answer> answer(LlmExchange exchange) {
        return Mono.defer(() -> from(0, exchange));
    }

    private Mono<Answer> from(int at, LlmExchange exchange) {
        return at == filters.size()
                ? Mono.error(new IllegalStateException("no step of this chain answers"))
                : filters.get(at).filter(exchange, next -> Mono.defer(() -> from(at + 1, next)));
    }
}
