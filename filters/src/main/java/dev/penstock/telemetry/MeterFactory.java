package dev.penstock.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Registers the meters of {@link Metric}; the values of labels come in the order in which the metric names them. */
final class MeterFactory {

    private final MeterRegistry registry;

    MeterFactory(MeterRegistry registry) {
        this.registry = registry;
    }

    Timer timer(Metric metric, String... values) {
        return Timer.builder(metric.meter())
                .description(metric.meaning())
                .serviceLevelObjectives(durations(metric.buckets()))
                .tags(tags(metric, values))
                .register(registry);
    }

    DistributionSummary summary(Metric metric, String... values) {
        return DistributionSummary.builder(metric.meter())
                .description(metric.meaning())
                .serviceLevelObjectives(metric.buckets())
                .tags(tags(metric, values))
                .register(registry);
    }

    Counter counter(Metric metric, String... values) {
        return Counter.builder(metric.meter())
                .description(metric.meaning())
                .tags(tags(metric, values))
                .register(registry);
    }

    private static Tags tags(Metric metric, String... values) {
        List<Label> labels = metric.labels();
        if (labels.size() != values.length) {
            throw new IllegalArgumentException(
                    "'" + metric.meter() + "' has " + values.length + " labels (expected: " + labels.size() + ")");
        }
        List<Tag> tags = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(labels.get(i).key(), values[i]));
        }
        return Tags.of(tags);
    }

    private static Duration[] durations(double[] seconds) {
        return Arrays.stream(seconds)
                .mapToObj(it -> Duration.ofNanos(Math.round(it * 1e9)))
                .toArray(Duration[]::new);
    }
}
