package dev.penstock.exchange;

import reactor.core.publisher.Mono;

/**
 * What a step does. It is called when the request gets to it, so that it may do its work and throw before it returns; what it
 * returns is subscribed to at once. The answer is the rest's, changed or not, or one of its own; never empty.
 */
@FunctionalInterface
public interface LlmFilter {

    Mono<Answer> filter(LlmExchange exchange, Rest rest);
}
