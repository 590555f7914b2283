package dev.penstock.exchange;

import reactor.core.publisher.Mono;

/** What a step does. The answer it returns is the rest's, changed or not, or one of its own; never empty. */
@FunctionalInterface
public interface LlmFilter {

    Mono<Answer> filter(LlmExchange exchange, Rest rest);
}
