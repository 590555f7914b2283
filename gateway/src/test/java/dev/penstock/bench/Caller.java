package dev.penstock.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClient.ResponseReceiver;
import reactor.netty.resources.ConnectionProvider;

/** One caller's side: keep-alive connections to a target. */
final class Caller implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final ConnectionProvider connections;
    private final HttpClient client;

    private Caller(ConnectionProvider connections, Target target) {
        this.connections = connections;
        this.client = HttpClient.create(connections)
                .baseUrl("http://127.0.0.1:" + target.port())
                .option(ChannelOption.TCP_NODELAY, true)
                .disableRetry(true)
                .responseTimeout(LONGEST)
                .headers(headers -> headers.set("authorization", "Bearer " + RoutesFile.KEY)
                        .set("content-type", "application/json"));
    }

    static Caller of(Target target, int connections) {
        ConnectionProvider pool = ConnectionProvider.builder("bench")
                .maxConnections(connections)
                .pendingAcquireMaxCount(-1)
                .build();
        return new Caller(pool, target);
    }

    /** A whole answer; fails unless it is one. */
    Mono<Integer> json(byte[] body) {
        return post(body)
                .responseSingle((response, bytes) -> bytes.map(ByteBuf::readableBytes)
                        .filter(size -> response.status().code() == 200 && size > 500)
                        .switchIfEmpty(Mono.error(() -> new IllegalStateException("status " + response.status()))));
    }

    /** The bytes of a stream as they come; fails unless it is one. The buffers are released after each is seen. */
    Flux<ByteBuf> stream(byte[] body) {
        return post(body)
                .response((response, bytes) -> response.status().code() == 200
                        ? bytes
                        : Flux.error(new IllegalStateException("status " + response.status())));
    }

    private ResponseReceiver<?> post(byte[] body) {
        return client.post().uri("/v1/chat/completions").send((request, out) -> {
            request.header("content-length", Integer.toString(body.length));
            return out.send(Mono.just(Unpooled.wrappedBuffer(body)));
        });
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
