package dev.penstock.surface;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Predicate;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes each event and flushes it. On reactor-netty this goes past Spring's {@code writeAndFlushWith}, which makes a publisher
 * of its own of every event; Spring still commits the response, with its headers, cookies and actions.
 */
final class FlushedWrite {

    private static final Predicate<ByteBuf> EACH = event -> true;

    private FlushedWrite() {}

    static Mono<Void> of(ServerHttpResponse response, Flux<byte[]> events) {
        ServerHttpResponse inner = response;
        while (inner instanceof ServerHttpResponseDecorator decorator) {
            inner = decorator.getDelegate();
        }
        if (inner instanceof AbstractServerHttpResponse spring
                && spring.getNativeResponse() instanceof HttpServerResponse netty) {
            Flux<ByteBuf> buffers = events.map(Unpooled::wrappedBuffer);
            return response.writeWith(Flux.empty())
                    .then(Mono.defer(() -> netty.send(buffers, EACH).then()));
        }
        return response.writeAndFlushWith(events.map(
                event -> Mono.<DataBuffer>just(response.bufferFactory().wrap(event))));
    }
}
