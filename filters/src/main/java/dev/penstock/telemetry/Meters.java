package dev.penstock.telemetry;

import dev.penstock.core.Usage;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.Variant;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes a finished request into meters, each looked up once and kept, so that a request makes no tags. Thread-safe. */
final class Meters {

    private record RequestKey(String provider, String model, String surface, String service, String outcome) {}

    private static final double NANO = 1e9;

    private record CostKey(String provider, String model, String service) {}

    private record ServedKey(String provider, String model, String surface, String service) {}

    private record AttemptKey(String provider, String model, String outcome) {}

    private record ArmKey(String experiment, String arm, String outcome) {}

    private record RequestMeters(Timer duration, Counter requests) {}

    private record AttemptMeters(Timer duration, Counter attempts) {}

    private final MeterFactory factory;
    private final Map<RequestKey, RequestMeters> requests = new ConcurrentHashMap<>();
    private final Map<ServedKey, Timer> firstTokens = new ConcurrentHashMap<>();
    private final Map<CostKey, Counter> costs = new ConcurrentHashMap<>();
    private final Map<ServedKey, DistributionSummary> inputs = new ConcurrentHashMap<>();
    private final Map<ServedKey, DistributionSummary> outputs = new ConcurrentHashMap<>();
    private final Map<AttemptKey, AttemptMeters> attempts = new ConcurrentHashMap<>();
    private final Map<ArmKey, Counter> arms = new ConcurrentHashMap<>();
    private final Map<String, Timer> overheads = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry) {
        this.factory = new MeterFactory(registry);
    }

    void record(Summary summary) {
        RequestKey key = requestKey(summary);
        RequestMeters meters = requests.computeIfAbsent(key, this::requestMeters);
        meters.duration().record(summary.took());
        meters.requests().increment();
        overheads
                .computeIfAbsent(key.surface(), surface -> factory.timer(Metric.OVERHEAD, surface))
                .record(summary.overhead());
        for (Attempt attempt : summary.attempts()) {
            recordAttempt(summary, attempt);
        }
        recordArm(summary);
        recordServed(summary, new ServedKey(key.provider(), key.model(), key.surface(), key.service()));
    }

    private void recordAttempt(Summary summary, Attempt attempt) {
        Attempt.End end = summary.endOf(attempt);
        AttemptKey key = new AttemptKey(
                attempt.provider(), summary.modelLabel(attempt), end.reason().wire());
        AttemptMeters meters = attempts.computeIfAbsent(key, this::attemptMeters);
        meters.attempts().increment();
        if (attempt.sent()) {
            meters.duration().record(end.took());
        }
        attempt.cost()
                .filter(cost -> cost.nanoUsd() > 0)
                .ifPresent(cost -> costs.computeIfAbsent(
                                new CostKey(attempt.provider(), summary.modelLabel(attempt), summary.serviceLabel()),
                                this::cost)
                        .increment(cost.nanoUsd() / NANO));
    }

    private void recordArm(Summary summary) {
        Variant variant = summary.exchange().get(Fact.VARIANT);
        if (!variant.experiment().isEmpty()) {
            ArmKey key = new ArmKey(
                    variant.experiment(), variant.arm(), summary.outcome().word());
            arms.computeIfAbsent(
                            key,
                            it -> factory.counter(Metric.EXPERIMENT_REQUESTS, it.experiment(), it.arm(), it.outcome()))
                    .increment();
        }
    }

    private void recordServed(Summary summary, ServedKey key) {
        summary.firstToken()
                .ifPresent(time ->
                        firstTokens.computeIfAbsent(key, this::firstToken).record(time));
        summary.exchange().trail().usage().ifPresent(usage -> recordUsage(usage, key));
    }

    private void recordUsage(Usage usage, ServedKey key) {
        inputs.computeIfAbsent(key, it -> tokens(it, "input")).record(usage.input());
        outputs.computeIfAbsent(key, it -> tokens(it, "output")).record(usage.output());
    }

    private static RequestKey requestKey(Summary summary) {
        return new RequestKey(
                summary.providerLabel(),
                summary.modelLabel(),
                summary.exchange().surface().name(),
                summary.serviceLabel(),
                summary.outcome().word());
    }

    private RequestMeters requestMeters(RequestKey key) {
        String[] labels = {key.provider(), key.model(), key.surface(), key.service(), key.outcome()};
        return new RequestMeters(
                factory.timer(Metric.REQUEST_DURATION, labels), factory.counter(Metric.REQUESTS, labels));
    }

    private AttemptMeters attemptMeters(AttemptKey key) {
        String[] labels = {key.provider(), key.model(), key.outcome()};
        return new AttemptMeters(
                factory.timer(Metric.OPERATION_DURATION, labels), factory.counter(Metric.ATTEMPTS, labels));
    }

    private Counter cost(CostKey key) {
        return factory.counter(Metric.COST, key.provider(), key.model(), key.service());
    }

    private Timer firstToken(ServedKey key) {
        return factory.timer(Metric.TIME_TO_FIRST_TOKEN, key.provider(), key.model(), key.surface(), key.service());
    }

    private DistributionSummary tokens(ServedKey key, String type) {
        return factory.summary(Metric.TOKEN_USAGE, key.provider(), key.model(), key.service(), type);
    }
}
