package dev.penstock.upstream;

import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Carries one request to a provider and its answer back. */
interface Transport {

    /**
     * Sends it, gives {@code read} the answer's head, and completes with what that makes of it. Cancelling closes the connection.
     * Failures, in the words of {@link Wire}: {@link java.net.ConnectException} and its kin when nothing was sent, other {@link
     * java.io.IOException}s when the connection broke.
     */
    <T> Flux<T> send(Outgoing outgoing, Function<Reply, Mono<T>> read);

    /** Completes when there is a connection, with TLS where there is to be any; nothing is sent. */
    Mono<Void> connect();

    /** The status of a GET; its body is not read. */
    Mono<Integer> status(String path, Map<String, String> headers);
}
