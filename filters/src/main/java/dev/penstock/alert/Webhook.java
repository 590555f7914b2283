package dev.penstock.alert;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;

/** Posts to an address outside; tries three times within about five seconds. Thread-safe, never waits. */
public final class Webhook {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Retry TWICE_MORE = Retry.backoff(2, Duration.ofMillis(500));

    private final HttpClient client = HttpClient.create(ConnectionProvider.newConnection())
            .followRedirect(false)
            .responseTimeout(PATIENCE);

    Webhook() {}

    /** Empty when it was taken with a status of 200 to 299; the failure's own words may hold the address. */
    public Mono<Void> post(URI address, String type, byte[] body) {
        return client.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, type))
                .post()
                .uri(address)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .response()
                .flatMap(response -> response.status().code() / 100 == 2
                        ? Mono.<Void>empty()
                        : Mono.error(
                                new IOException("status " + response.status().code())))
                .retryWhen(TWICE_MORE);
    }
}
