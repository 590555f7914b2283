package dev.penstock.upstream;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks one provider again and again. What calls show counts for more: a check opens the breaker only when no call was answered
 * since its first failure, and closes only what a check opened. Thread-safe; never waits.
 */
final class HealthWatch {

    private static final double JITTER = 0.2;

    private final Provider provider;
    private final HealthCheckConfig config;
    private final Time time;
    private final RandomGenerator random;
    private final Consumer<Boolean> told;
    private @Nullable Disposable running;
    private @Nullable Seen last;
    private int failures;
    private long failingSince;

    /** Whether it is a check that opened the breaker, and nothing else moved it since. */
    private volatile boolean opened;

    /** When a call was last answered, or the watch began. */
    private volatile long answered;

    /** @param told of each check, whether the provider is there */
    HealthWatch(
            Provider provider, HealthCheckConfig config, Time time, RandomGenerator random, Consumer<Boolean> told) {
        this.provider = provider;
        this.config = config;
        this.time = time;
        this.random = random;
        this.told = told;
        this.answered = time.nanos().getAsLong();
        provider.breaker().getEventPublisher().onStateTransition(event -> opened = false);
        provider.breaker()
                .getEventPublisher()
                .onSuccess(event -> answered = time.nanos().getAsLong());
    }

    /** @param status 0 without an answer, or where none was asked for */
    private record Seen(boolean up, int status, long millis, Instant at) {}

    boolean watches(Provider other) {
        return provider == other;
    }

    /** The first one comes within the interval, so that instances that start together do not ask together. */
    synchronized void begin() {
        long first = (long) (config.every().toNanos() * random.nextDouble());
        running = Mono.delay(Duration.ofNanos(first), time.scheduler())
                .then(Mono.defer(this::check)
                        .then(Mono.defer(this::pause))
                        .repeat()
                        .then())
                .subscribe();
    }

    synchronized void end() {
        if (running != null) {
            running.dispose();
        }
    }

    private Mono<Long> pause() {
        double share = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Mono.delay(Duration.ofNanos((long) (config.every().toNanos() * share)), time.scheduler());
    }

    /** Never fails. */
    Mono<Void> check() {
        long began = time.nanos().getAsLong();
        return asked().timeout(config.timeout(), Mono.just(-1), time.limits())
                .onErrorReturn(-1)
                .doOnNext(status -> ended(status >= 0 && status < 500, Math.max(0, status), began))
                .then();
    }

    private Mono<Integer> asked() {
        if (config.by() == HealthCheckConfig.By.CONNECT) {
            return provider.transport().connect().thenReturn(0);
        }
        Map<String, String> headers = new HashMap<>(Probe.headers(provider));
        provider.keys().active().stream()
                .findFirst()
                .map(Credential::secret)
                .ifPresent(secret -> headers.putAll(provider.dialect().credential(secret)));
        headers.putAll(provider.config().headers());
        return provider.transport().status(provider.dialect().modelsPath(), headers);
    }

    private synchronized void ended(boolean up, int status, long began) {
        long now = time.nanos().getAsLong();
        last = new Seen(
                up,
                status,
                Duration.ofNanos(now - began).toMillis(),
                time.clock().instant());
        told.accept(up);
        if (up) {
            failures = 0;
            close();
            return;
        }
        failures++;
        failingSince = failures == 1 ? began : failingSince;
        boolean silent = answered - failingSince < 0;
        if (failures >= config.failures() && silent && state() == CircuitBreaker.State.CLOSED) {
            provider.hearsay().quietly(provider, provider.breaker()::transitionToOpenState);
            opened = true;
        }
    }

    private void close() {
        if (opened && state() == CircuitBreaker.State.OPEN) {
            provider.hearsay().quietly(provider, provider.breaker()::transitionToClosedState);
        }
        opened = false;
    }

    private CircuitBreaker.State state() {
        return provider.breaker().getState();
    }

    synchronized ObjectNode view() {
        Seen seen = last;
        ObjectNode view = Json.object().put("by", config.by().name().toLowerCase(Locale.ROOT));
        if (seen == null) {
            return view.put("state", "unknown");
        }
        return view.put("state", seen.up() ? "up" : "down")
                .put("status", seen.status())
                .put("ms", seen.millis())
                .put("at", seen.at().toString())
                .put("failures", failures);
    }
}
