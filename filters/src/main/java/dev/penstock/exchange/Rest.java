package dev.penstock.exchange;

import reactor.core.publisher.Mono;

/** The steps after this one. */
@FunctionalInterface
public interface Rest {

    /** Runs them; call it once or not at all. It completes when the answer, or its stream, begins. */
    Mono<Answer> of(LlmExchange exchange);
}
