package dev.penstock.upstream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The checks of all providers that are configured to have them, shown as {@code penstock.health.state} and {@code .checks}. */
final class HealthChecks implements AutoCloseable {

    private static final String STATE = "penstock.health.state";

    private final Time time;
    private final @Nullable MeterRegistry meters;
    private final Map<String, HealthWatch> watches = new ConcurrentHashMap<>();

    HealthChecks(Time time, @Nullable MeterRegistry meters) {
        this.time = time;
        this.meters = meters;
    }

    /** These come into force; a provider that stayed as it was goes on being watched. */
    synchronized void serve(Map<String, Provider> providers) {
        watches.entrySet().removeIf(entry -> {
            Provider now = providers.get(entry.getKey());
            boolean over = now == null || !entry.getValue().watches(now);
            if (over) {
                entry.getValue().end();
                hide(entry.getKey());
            }
            return over;
        });
        providers.forEach((name, provider) -> provider.config()
                .healthCheck()
                .ifPresent(config -> watches.computeIfAbsent(name, none -> begun(provider, config))));
    }

    private HealthWatch begun(Provider provider, HealthCheckConfig config) {
        AtomicReference<Double> level = new AtomicReference<>(Double.NaN);
        if (meters != null) {
            Gauge.builder(STATE, level, AtomicReference::get)
                    .description("1 there, 0 not, of the last check")
                    .tag("provider", provider.name())
                    .strongReference(true)
                    .register(meters);
        }
        HealthWatch watch = new HealthWatch(provider, config, time, RandomGenerator.getDefault(), up -> {
            level.set(up ? 1.0 : 0.0);
            count(provider.name(), up ? "up" : "down");
        });
        watch.begin();
        return watch;
    }

    private void count(String provider, String outcome) {
        if (meters != null) {
            meters.counter("penstock.health.checks", "provider", provider, "outcome", outcome)
                    .increment();
        }
    }

    private void hide(String provider) {
        if (meters != null) {
            meters.find(STATE).tag("provider", provider).gauges().forEach(meters::remove);
        }
    }

    /** How a provider was at its last check; empty where none is configured. */
    Optional<ObjectNode> view(String provider) {
        return Optional.ofNullable(watches.get(provider)).map(HealthWatch::view);
    }

    @Override
    public synchronized void close() {
        watches.values().forEach(HealthWatch::end);
        watches.clear();
    }
}
