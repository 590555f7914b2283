package dev.penstock.bench;

import java.time.Duration;
import java.util.List;

/** Paced streams: what an event costs, and what the first one waits for. */
final class StreamPart {

    private static final int EACH = 3;
    private static final String CPU = "cpu";
    private static final String P50 = "p50";
    private static final String P99 = "p99";
    private static final String RSS = "rss";

    private final Options options;
    private final List<Target> targets;
    private final Readings readings = new Readings();

    StreamPart(Options options, List<Target> targets) {
        this.options = options;
        this.targets = targets;
    }

    void run() {
        for (Target target : targets) {
            new Load(target).streams(options.streams(), 1);
        }
        for (int round = 0; round < options.rounds(); round++) {
            targets.forEach(this::measure);
        }
        print();
    }

    private void measure(Target target) {
        Duration before = target.child().cpu();
        Times first = new Load(target).streams(options.streams(), EACH);
        double cpu = target.child().cpu().minus(before).toNanos() / 1e3;
        readings.add(target.name(), CPU, cpu / first.size() / Options.EVENTS);
        readings.add(target.name(), P50, first.percentile(50));
        readings.add(target.name(), P99, first.percentile(99));
        readings.add(target.name(), RSS, target.child().rss());
        readings.show(target.name(), CPU, P50, P99);
    }

    private void print() {
        Table table = Table.of(
                options.streams() + " streams at once, " + Options.EVENTS + " events, one each " + Options.PACE_MILLIS
                        + " ms",
                "subject",
                "µs CPU per event (min)",
                "× plain",
                "first token p50 / p99 ms",
                "added p50 / p99 ms",
                "RSS MB");
        for (Target target : targets) {
            String name = target.name();
            table.row(
                    name,
                    Table.number(readings.median(name, CPU), 1) + " (" + Table.number(readings.least(name, CPU), 1)
                            + ")",
                    Table.number(readings.ratio(name, Target.PLAIN, CPU), 2),
                    Table.pair(readings.median(name, P50), readings.median(name, P99), 1),
                    Table.pair(
                            readings.difference(name, Target.BARE, P50),
                            readings.difference(name, Target.BARE, P99),
                            1),
                    Table.number(readings.median(name, RSS), 0));
        }
        table.print();
    }
}
