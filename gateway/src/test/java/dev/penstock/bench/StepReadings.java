package dev.penstock.bench;

import dev.penstock.journal.embedded.JournalBench;
import java.util.ArrayList;
import java.util.List;

/** What the part {@code steps} measured, and what of it has a target. */
final class StepReadings {

    private static final String CPU = "cpu";
    private static final String RATE = "rate";
    private static final String P50 = "p50";
    private static final String P99 = "p99";
    private static final String DISK = "disk";

    private final Readings readings = new Readings();

    void add(String name, double cpu, double rate, Times times) {
        readings.add(name, CPU, cpu);
        readings.add(name, RATE, rate);
        readings.add(name, P50, times.percentile(50));
        readings.add(name, P99, times.percentile(99));
        readings.show(name, CPU, RATE);
    }

    void force(JournalBench.Force force) {
        readings.add(DISK, P50, force.p50Millis());
        readings.add(DISK, P99, force.p99Millis());
        readings.show(DISK, P50, P99);
    }

    void print(List<String> names, int connections) {
        steps(names, connections).print();
        targets().print();
    }

    private Table steps(List<String> names, int connections) {
        Table table = Table.of(
                "JSON, 1 KB in and out, same dialect, " + connections + " connections, one more step a row",
                "steps",
                "µs CPU per request (min)",
                "its own share, µs",
                "× plain",
                "requests/s",
                "p50 / p99 ms, full load");
        List<String> before = new ArrayList<>();
        for (String name : names) {
            boolean more = !before.isEmpty() && !name.equals(StepSet.UNRECORDED.title());
            table.row(
                    name,
                    Table.number(readings.median(name, CPU), 0) + " (" + Table.number(readings.least(name, CPU), 0)
                            + ")",
                    more ? Table.number(readings.difference(name, before.get(before.size() - 1), CPU), 1) : "",
                    Table.number(readings.ratio(name, Target.PLAIN, CPU), 2),
                    Table.number(readings.median(name, RATE), 0),
                    Table.pair(readings.median(name, P50), readings.median(name, P99), 1));
            before.add(name);
        }
        return table;
    }

    private Table targets() {
        String all = StepSet.ALL.title();
        Table table = Table.of("What of it has a target: medians of the rounds' ratios", "what", "reading", "target");
        table.row("CPU per request, all steps × plain", ratio(all, Target.PLAIN, CPU), "≤ 1.7");
        table.row(
                "requests/s, mandatory steps, audit on × off",
                ratio(StepSet.RECORDS.title(), StepSet.MANDATORY.title(), RATE),
                "≥ 0.7");
        table.row("requests/s, all steps, audit on × off", ratio(all, StepSet.UNRECORDED.title(), RATE), "≥ 0.7");
        table.row(
                "the disk's own force after 64 KiB, p50 / p99 ms",
                Table.pair(readings.median(DISK, P50), readings.median(DISK, P99), 2),
                "");
        return table;
    }

    private String ratio(String name, String base, String column) {
        return Table.number(readings.ratio(name, base, column), 2);
    }
}
