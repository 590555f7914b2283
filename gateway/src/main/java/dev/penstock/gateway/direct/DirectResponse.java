package dev.penstock.gateway.direct;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes a body of one buffer straight to reactor-netty, whose headers Spring's are a view of. A stream, and whatever asks for cookies or
 * for something to be done before the response is committed, goes through Spring as before.
 */
final class DirectResponse extends ServerHttpResponseDecorator {

    private final HttpServerResponse netty;
    private boolean plain = true;
    private volatile boolean written;

    DirectResponse(ServerHttpResponse spring, HttpServerResponse netty) {
        super(spring);
        this.netty = netty;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return plain && body instanceof Mono<? extends DataBuffer> one
                ? one.flatMap(this::write)
                : super.writeWith(body);
    }

    /** As Spring does it: who comes second writes nothing. */
    private Mono<Void> write(DataBuffer buffer) {
        if (isCommitted()) {
            return Mono.empty();
        }
        written = true;
        HttpStatusCode status = getStatusCode();
        if (status != null) {
            netty.status(status.value());
        }
        return netty.send(Mono.just(NettyDataBufferFactory.toByteBuf(buffer))).then();
    }

    @Override
    public boolean isCommitted() {
        return written || super.isCommitted();
    }

    @Override
    public boolean setStatusCode(@Nullable HttpStatusCode status) {
        return !written && super.setStatusCode(status);
    }

    @Override
    public Mono<Void> setComplete() {
        return written ? Mono.empty() : super.setComplete();
    }

    @Override
    public void beforeCommit(Supplier<? extends Mono<Void>> action) {
        plain = false;
        super.beforeCommit(action);
    }

    @Override
    public void addCookie(ResponseCookie cookie) {
        plain = false;
        super.addCookie(cookie);
    }
}
