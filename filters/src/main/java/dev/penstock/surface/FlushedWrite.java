package dev.penstock.surface;

import dev.penstock.core.Chunk;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.function.Predicate;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes each event and flushes it. Where the connection is one of HTTP/1.1 ({@link EventsHandler}) this goes past Spring's {@code writeAndFlushWith}, which
 * makes a publisher of its own of every event; Spring still commits the response, with its headers, cookies and actions.
 */
final class FlushedWrite {

    private static final Predicate<Object> EACH = event -> true;

    private FlushedWrite() {}

    /** {@code heartbeat} is for {@link EventsHandler#expect}; otherwise there is none. */
    static Mono<Void> of(ServerHttpResponse response, Flux<Chunk> events, Duration heartbeat) {
        ServerHttpResponse inner = response;
        while (inner instanceof ServerHttpResponseDecorator decorator) {
            inner = decorator.getDelegate();
        }
        if (inner instanceof AbstractServerHttpResponse spring
                && spring.getNativeResponse() instanceof HttpServerResponse netty
                && EventsHandler.expect(netty, heartbeat)) {
            // a compressor would not see the events, and held them back if it did
            netty.compression(false);
            return response.writeWith(Flux.empty())
                    .then(Mono.defer(() -> netty.sendObject(events, EACH).then()));
        }
        return response.writeAndFlushWith(events.map(
                event -> Mono.<DataBuffer>just(response.bufferFactory().wrap(bytes(event)))));
    }

    static byte[] bytes(Chunk event) {
        byte[] bytes = new byte[EventBytes.length(event)];
        EventBytes.write(event, Unpooled.wrappedBuffer(bytes).clear());
        return bytes;
    }
}
