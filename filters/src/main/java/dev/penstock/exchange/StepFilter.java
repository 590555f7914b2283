package dev.penstock.exchange;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Puts a step into Spring's chain: hides {@code Mono<Void>}, and closes a stream that a step dropped or a cancel left. */
final class StepFilter implements GatewayFilter, Ordered {

    private final Step step;
    private final LlmFilter filter;

    StepFilter(Step step, LlmFilter filter) {
        this.step = step;
        this.filter = filter;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange web, GatewayFilterChain chain) {
        LlmExchange exchange = LlmExchange.of(web);
        Rest rest = next -> chain.filter(next.web()).then(Mono.fromSupplier(() -> taken(next)));
        return new Watched(filter.filter(exchange, rest), new Keeper(step, exchange)).then();
    }

    /** Remembers the answer for the step before; drops it when the request ends otherwise. */
    private record Keeper(Step step, LlmExchange exchange) implements Watched.Witness {

        @Override
        public void answered(Answer answer) {
            exchange.answered(answer);
        }

        @Override
        public void failed(Throwable failure) {
            exchange.drop();
        }

        @Override
        public void cancelled() {
            exchange.abandon();
        }

        @Override
        public String toString() {
            return step.filter();
        }
    }

    private Answer taken(LlmExchange exchange) {
        return exchange.answer()
                .orElseThrow(() -> new IllegalStateException("the rest of " + step.filter() + " gave no answer"));
    }

    @Override
    public int getOrder() {
        return step.order();
    }

    @Override
    public String toString() {
        return step.filter();
    }
}
