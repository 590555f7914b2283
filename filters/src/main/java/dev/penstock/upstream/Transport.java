package dev.penstock.upstream;

import reactor.core.publisher.Mono;

/** Carries one request to a provider and its answer back. */
interface Transport {

    /**
     * Sends it and completes with the answer's head. Cancelling closes the connection. Failures: {@link
     * java.net.ConnectException} and its kin when nothing was sent, other {@link java.io.IOException}s when the connection
     * broke.
     */
    Mono<Reply> send(Outgoing outgoing);
}
