package dev.penstock.bench;

import io.netty.channel.Channel;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Requests that only end when their connection does, counted from 0 in the order of arrival. The times are those of {@link
 * System#nanoTime()}, which all processes of a Linux machine share.
 */
final class Holds {

    private final Sinks.Many<Long> arrived = Sinks.many().replay().all();
    private final Sinks.Many<Long> closed = Sinks.many().replay().all();

    void watch(Channel channel) {
        arrived.emitNext(System.nanoTime(), Sinks.EmitFailureHandler.FAIL_FAST);
        channel.closeFuture()
                .addListener(ignored -> closed.emitNext(System.nanoTime(), Sinks.EmitFailureHandler.FAIL_FAST));
    }

    /** When request number {@code n} came, or comes. */
    Mono<Long> arrived(int n) {
        return arrived.asFlux().elementAt(n);
    }

    /** When the {@code n}-th of their connections was closed, or will be. */
    Mono<Long> closed(int n) {
        return closed.asFlux().elementAt(n);
    }
}
