package dev.penstock.gateway.admin;

import reactor.core.publisher.Mono;

/** Knows administrators by what they present. Thread-safe; never waits. */
@FunctionalInterface
interface Visitors {

    /** Empty for a token that nobody has. */
    Mono<Visitor> of(String token);
}
