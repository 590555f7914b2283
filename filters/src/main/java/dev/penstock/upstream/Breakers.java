package dev.penstock.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes a provider's circuit breaker and shows it as {@code penstock.breaker.state} and {@code penstock.breaker.events}. */
final class Breakers {

    /** Requests let through to see whether a provider is well again. */
    private static final int PROBES = 3;

    private final Time time;
    private final @Nullable MeterRegistry meters;

    Breakers(Time time, @Nullable MeterRegistry meters) {
        this.time = time;
        this.meters = meters;
    }

    CircuitBreaker of(String provider, ProviderConfig.BreakerConfig config) {
        CircuitBreaker breaker = CircuitBreaker.of(
                provider,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                config.calls(), config.minimum(), CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(config.failureRate())
                        .slowCallRateThreshold(config.slowRate())
                        .slowCallDurationThreshold(config.slowAfter())
                        .waitDurationInOpenState(config.openFor())
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .currentTimestampFunction(clock -> time.nanos().getAsLong(), TimeUnit.NANOSECONDS)
                        .clock(new MonotonicClock(time.nanos()))
                        .writableStackTraceEnabled(false)
                        .build());
        if (meters != null) {
            show(breaker, meters);
        }
        return breaker;
    }

    private static void show(CircuitBreaker breaker, MeterRegistry meters) {
        // a provider that is configured anew takes the place of the one before, whose gauge would stay otherwise
        meters.find("penstock.breaker.state")
                .tag("provider", breaker.getName())
                .gauges()
                .forEach(meters::remove);
        Gauge.builder("penstock.breaker.state", breaker, it -> level(it.getState()))
                .description("0 closed, 1 half open, 2 open")
                .tag("provider", breaker.getName())
                .register(meters);
        breaker.getEventPublisher()
                .onStateTransition(event -> meters.counter(
                                "penstock.breaker.events",
                                "provider",
                                breaker.getName(),
                                "outcome",
                                event.getStateTransition().getToState().name().toLowerCase(java.util.Locale.ROOT))
                        .increment());
    }

    private static int level(State state) {
        return switch (state) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            default -> 0;
        };
    }
}
