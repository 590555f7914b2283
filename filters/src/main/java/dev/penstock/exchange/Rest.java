package dev.penstock.exchange;

import reactor.core.publisher.Mono;

/** The steps after this one. */
@FunctionalInterface
public interface Rest {

    /**
     * Runs them for this exchange or a child of it, once for each or not at all. It completes when the answer, or its stream,
     * begins. A child's stream is its caller's to read or close.
     */
    Mono<Answer> of(LlmExchange exchange);
}
