package dev.penstock.telemetry;

import dev.penstock.core.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The meters of requests with the same labels; those that not each of them has are there from the first that has it. Thread-safe. */
final class RequestMeters {

    private final MeterFactory factory;
    private final RequestLabels labels;
    private final Timer duration;
    private final Counter requests;
    private final Timer overhead;
    private volatile @Nullable Timer firstToken;
    private volatile @Nullable Tokens tokens;

    private record Tokens(DistributionSummary input, DistributionSummary output) {}

    RequestMeters(MeterFactory factory, RequestLabels labels) {
        this.factory = factory;
        this.labels = labels;
        String[] all = {labels.provider(), labels.model(), labels.surface(), labels.service(), labels.outcome()};
        this.duration = factory.timer(Metric.REQUEST_DURATION, all);
        this.requests = factory.counter(Metric.REQUESTS, all);
        this.overhead = factory.timer(Metric.OVERHEAD, labels.surface());
    }

    void ended(Summary summary) {
        duration.record(summary.took());
        requests.increment();
        overhead.record(summary.overhead());
    }

    void served(Summary summary) {
        Duration first = summary.firstToken().orElse(null);
        if (first != null) {
            firstToken().record(first);
        }
        Usage usage = summary.exchange().trail().usage().orElse(null);
        if (usage != null) {
            Tokens each = tokens();
            each.input().record(usage.input());
            each.output().record(usage.output());
        }
    }

    private Timer firstToken() {
        Timer known = firstToken;
        if (known == null) {
            known = factory.timer(
                    Metric.TIME_TO_FIRST_TOKEN, labels.provider(), labels.model(), labels.surface(), labels.service());
            firstToken = known;
        }
        return known;
    }

    private Tokens tokens() {
        Tokens known = tokens;
        if (known == null) {
            known = new Tokens(tokens("input"), tokens("output"));
            tokens = known;
        }
        return known;
    }

    private DistributionSummary tokens(String type) {
        return factory.summary(Metric.TOKEN_USAGE, labels.provider(), labels.model(), labels.service(), type);
    }
}
