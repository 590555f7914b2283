package dev.penstock.exchange;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Puts the first step into Spring's chain. */
public final class FirstStepFilter implements GatewayFilter, Ordered {

    private final FirstStep step;

    public FirstStepFilter(FirstStep step) {
        this.step = step;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange web, GatewayFilterChain chain) {
        LlmExchange exchange = step.open(web);
        return chain.filter(web)
                .then(Mono.defer(() -> step.write(exchange, answerOf(exchange))))
                .doOnSuccess(written -> exchange.written())
                .doOnError(failure -> exchange.drop())
                // of an answer that has begun nothing can be changed: its connection is closed by passing the failure
                // on
                .onErrorResume(failure -> !web.getResponse().isCommitted(), failure -> step.fail(exchange, failure))
                .doOnCancel(exchange::abandon);
    }

    private static Answer answerOf(LlmExchange exchange) {
        return exchange.answer().orElseThrow(() -> new IllegalStateException("no step gave an answer"));
    }

    @Override
    public int getOrder() {
        return Step.WRITE_ANSWER.order();
    }

    @Override
    public String toString() {
        return Step.WRITE_ANSWER.filter();
    }
}
