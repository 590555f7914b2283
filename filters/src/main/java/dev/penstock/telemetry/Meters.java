package dev.penstock.telemetry;

import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Cost;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.Variant;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Writes a finished request into meters, each looked up once and kept, so that a request makes no tags. Thread-safe. */
final class Meters {

    private static final double NANO = 1e9;

    private record AttemptKey(String provider, String model, Attempt.Reason reason) {}

    private record CostKey(String provider, String model, String service) {}

    private record ArmKey(String experiment, String arm, String outcome) {}

    private record AttemptMeters(Timer duration, Counter attempts) {}

    private final MeterFactory factory;
    private final Map<RequestLabels, RequestMeters> requests = new ConcurrentHashMap<>();
    private final Map<AttemptKey, AttemptMeters> attempts = new ConcurrentHashMap<>();
    private final Map<CostKey, Counter> costs = new ConcurrentHashMap<>();
    private final Map<ArmKey, Counter> arms = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry) {
        this.factory = new MeterFactory(registry);
    }

    void record(Summary summary) {
        RequestLabels key = RequestLabels.of(summary);
        RequestMeters meters = kept(requests, key, it -> new RequestMeters(factory, it));
        meters.ended(summary);
        List<Attempt> all = summary.attempts();
        for (int i = 0; i < all.size(); i++) {
            recordAttempt(summary, all.get(i), key);
        }
        recordArm(summary, key);
        meters.served(summary);
    }

    /** To look first takes no lock. */
    private static <K, V> V kept(Map<K, V> meters, K key, Function<K, V> make) {
        V known = meters.get(key);
        return known == null ? meters.computeIfAbsent(key, make) : known;
    }

    private void recordAttempt(Summary summary, Attempt attempt, RequestLabels request) {
        Attempt.End end = summary.endOf(attempt);
        String model = attempt == summary.main() ? request.model() : summary.modelLabel(attempt);
        AttemptMeters meters =
                kept(attempts, new AttemptKey(attempt.provider(), model, end.reason()), this::attemptMeters);
        meters.attempts().increment();
        if (attempt.sent()) {
            meters.duration().record(end.took());
        }
        Cost cost = attempt.cost().orElse(null);
        if (cost != null && cost.nanoUsd() > 0) {
            kept(costs, new CostKey(attempt.provider(), model, request.service()), this::cost)
                    .increment(cost.nanoUsd() / NANO);
        }
    }

    private void recordArm(Summary summary, RequestLabels request) {
        Variant variant = summary.exchange().get(Fact.VARIANT);
        if (!variant.experiment().isEmpty()) {
            kept(arms, new ArmKey(variant.experiment(), variant.arm(), request.outcome()), this::arm)
                    .increment();
        }
    }

    private AttemptMeters attemptMeters(AttemptKey key) {
        String[] labels = {key.provider(), key.model(), key.reason().wire()};
        return new AttemptMeters(
                factory.timer(Metric.OPERATION_DURATION, labels), factory.counter(Metric.ATTEMPTS, labels));
    }

    private Counter cost(CostKey key) {
        return factory.counter(Metric.COST, key.provider(), key.model(), key.service());
    }

    private Counter arm(ArmKey key) {
        return factory.counter(Metric.EXPERIMENT_REQUESTS, key.experiment(), key.arm(), key.outcome());
    }
}
