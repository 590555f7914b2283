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
        return new Written(step, exchange, chain.filter(web));
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
