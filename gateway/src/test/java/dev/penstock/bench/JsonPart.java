package dev.penstock.bench;

import java.time.Duration;
import java.util.List;

/** Whole answers: what one costs under full load, and how long it takes at a calm rate. */
final class JsonPart {

    private static final String CPU = "cpu";
    private static final String RATE = "rate";
    private static final String P50 = "p50";
    private static final String P99 = "p99";
    private static final String CALM_P50 = "calm p50";
    private static final String CALM_P99 = "calm p99";
    private static final String RSS = "rss";

    private final Options options;
    private final List<Target> targets;
    private final Readings readings = new Readings();

    JsonPart(Options options, List<Target> targets) {
        this.options = options;
        this.targets = targets;
    }

    void run() {
        for (Target target : targets) {
            new Load(target).full(options.connections(), Duration.ofSeconds(options.seconds()));
        }
        for (int round = 0; round < options.rounds(); round++) {
            targets.forEach(this::measure);
        }
        print();
    }

    private void measure(Target target) {
        Load load = new Load(target);
        Duration before = target.child().cpu();
        long began = System.nanoTime();
        Times full = load.full(options.connections(), Duration.ofSeconds(options.seconds()));
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu = target.child().cpu().minus(before).toNanos() / 1e3;
        Times calm = load.calm(options.connections(), options.seconds() * Options.CALM_RATE / 2);
        readings.add(target.name(), CPU, cpu / full.size());
        readings.add(target.name(), RATE, full.size() / seconds);
        readings.add(target.name(), P50, full.percentile(50));
        readings.add(target.name(), P99, full.percentile(99));
        readings.add(target.name(), CALM_P50, calm.percentile(50));
        readings.add(target.name(), CALM_P99, calm.percentile(99));
        readings.add(target.name(), RSS, target.child().rss());
        readings.show(target.name(), CPU, RATE);
    }

    private void print() {
        Table table = Table.of(
                "JSON, 1 KB in and out, " + options.connections() + " connections; then " + Options.CALM_RATE
                        + " requests/s",
                "subject",
                "µs CPU per request (min)",
                "× plain",
                "requests/s",
                "p50 / p99 ms, full load",
                "p50 / p99 ms, calm",
                "RSS MB");
        for (Target target : targets) {
            String name = target.name();
            table.row(
                    name,
                    Table.number(readings.median(name, CPU), 0) + " (" + Table.number(readings.least(name, CPU), 0)
                            + ")",
                    Table.number(readings.ratio(name, Target.PLAIN, CPU), 2),
                    Table.number(readings.median(name, RATE), 0),
                    Table.pair(readings.median(name, P50), readings.median(name, P99), 1),
                    Table.pair(readings.median(name, CALM_P50), readings.median(name, CALM_P99), 2),
                    Table.number(readings.median(name, RSS), 0));
        }
        table.print();
    }
}
