package dev.penstock.alert;

import dev.penstock.core.Json;
import dev.penstock.exchange.CurrentSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import tools.jackson.databind.node.ObjectNode;

/** Posts alerts to {@code alerts.webhook}; tries each three times within about five seconds. Thread-safe, never waits. */
public final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.alerts");
    private static final int MOST_AT_ONCE = 64;

    private final CurrentSettings settings;
    private final Webhook webhook;
    private final ObjectProvider<MeterRegistry> meters;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    Alerts(CurrentSettings settings, Webhook webhook, ObjectProvider<MeterRegistry> meters) {
        this.settings = settings;
        this.webhook = webhook;
        this.meters = meters;
    }

    /** @param alert with a {@code type}; ids, words and numbers, never a key or a piece of a prompt */
    public void send(ObjectNode alert) {
        settings.get().get(AlertsConfig.class).address().ifPresent(address -> {
            if (!places.tryAcquire()) {
                count("dropped");
                return;
            }
            webhook.post(address, "application/json", Json.LENIENT_DEPTH.write(alert))
                    .subscribe(sent -> {}, failure -> failed(alert, failure), () -> over("sent"));
        });
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
