package dev.penstock.exchange;

import reactor.core.publisher.Mono;

/** A step as the chain calls it: when it is subscribed to, and what it throws is a failure of the answer. */
public final class AsCalled {

    private AsCalled() {}

    public static LlmFilter of(LlmFilter step) {
        return (exchange, rest) -> Mono.defer(() -> step.filter(exchange, rest));
    }
}
