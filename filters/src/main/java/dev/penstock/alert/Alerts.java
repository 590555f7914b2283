package dev.penstock.alert;

import dev.penstock.core.Json;
import dev.penstock.exchange.CurrentSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;
import tools.jackson.databind.node.ObjectNode;

/** Posts alerts to {@code alerts.webhook}; tries each three times within about five seconds. Thread-safe, never waits. */
public final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.alerts");
    private static final int MOST_AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Retry TWICE_MORE = Retry.backoff(2, Duration.ofMillis(500));

    private final CurrentSettings settings;
    private final ObjectProvider<MeterRegistry> meters;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final HttpClient client = HttpClient.create(ConnectionProvider.newConnection())
            .followRedirect(false)
            .responseTimeout(PATIENCE);

    Alerts(CurrentSettings settings, ObjectProvider<MeterRegistry> meters) {
        this.settings = settings;
        this.meters = meters;
    }

    /** @param alert with a {@code type}; ids, words and numbers, never a key or a piece of a prompt */
    public void send(ObjectNode alert) {
        settings.get().get(AlertsConfig.class).address().ifPresent(address -> {
            if (!places.tryAcquire()) {
                count("dropped");
                return;
            }
            posted(address, Json.LENIENT_DEPTH.write(alert))
                    .subscribe(sent -> {}, failure -> failed(alert, failure), () -> over("sent"));
        });
    }

    private Mono<Void> posted(URI address, byte[] body) {
        return client.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json"))
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

    /** A failure's own words may hold the address. */
    private void failed(ObjectNode alert, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        LOG.warn(
                "alerts.webhook did not take '{}': {}",
                Json.string(alert, "type"),
                cause.getClass().getSimpleName());
        over("failed");
    }

    private void over(String outcome) {
        places.release();
        count(outcome);
    }

    private void count(String outcome) {
        meters.ifAvailable(registry ->
                registry.counter("penstock.alerts", "outcome", outcome).increment());
    }
}
