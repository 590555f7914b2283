package dev.penstock.limit;

import dev.penstock.core.Caller;
import dev.penstock.limit.bucket.Rule;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** Counts refusals as {@code penstock.limit.refused}. Thread-safe. */
final class Refusals {

    private final @Nullable MeterRegistry meters;

    Refusals(@Nullable MeterRegistry meters) {
        this.meters = meters;
    }

    void count(Caller caller, Rule rule) {
        if (meters != null) {
            meters.counter(
                            "penstock.limit.refused",
                            "service",
                            caller.service(),
                            "outcome",
                            rule.of().wire())
                    .increment();
        }
    }
}
