package dev.penstock.upstream;

import java.util.Map;
import reactor.core.publisher.Mono;

/** Carries one request to a provider and its answer back. */
interface Transport {

    /**
     * Sends it and completes with the answer's head. Cancelling closes the connection. Failures: {@link
     * java.net.ConnectException} and its kin when nothing was sent, other {@link java.io.IOException}s when the connection
     * broke.
     */
    Mono<Reply> send(Outgoing outgoing);

    /** Completes when there is a connection, with TLS where there is to be any; nothing is sent. */
    Mono<Void> connect();

    /** The status of a GET; its body is not read. */
    Mono<Integer> status(String path, Map<String, String> headers);
}
