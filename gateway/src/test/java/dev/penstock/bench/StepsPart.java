package dev.penstock.bench;

import dev.penstock.journal.embedded.JournalBench;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What each step costs a whole answer, and what records cost in answers a second: one gateway for each set of steps. */
final class StepsPart {

    private static final String CPU = "cpu";
    private static final String RATE = "rate";
    private static final String P50 = "p50";
    private static final String P99 = "p99";

    private final Options options;
    private final Processes processes;
    private final Readings readings = new Readings();
    private final Deque<Child> children = new ArrayDeque<>();
    private final List<Target> targets = new ArrayList<>();

    StepsPart(Options options, Processes processes) {
        this.options = options;
        this.processes = processes;
    }

    void run() throws Exception {
        try {
            start();
            for (Target target : targets) {
                target.child().moveTo(Core.ANY);
                new Load(target).full(options.connections(), Duration.ofSeconds(options.warmup()));
                target.child().moveTo(Core.SUBJECT);
            }
            for (int round = 0; round < options.rounds(); round++) {
                targets.forEach(this::measure);
            }
            JournalBench.disk();
            print();
        } finally {
            while (!children.isEmpty()) {
                children.pop().close();
            }
        }
    }

    private void start() throws IOException, InterruptedException {
        Processes.Upstream upstream = processes.upstream();
        children.push(upstream.child());
        int port = Processes.freePort();
        Child plain = processes.plain(Core.SUBJECT, port, upstream.port());
        children.push(plain);
        Ready.await(plain, port, Ready.PLAIN);
        targets.add(new Target(Target.PLAIN, plain, port, "bench-1"));
        for (StepSet steps : StepSet.values()) {
            int free = Processes.freePort();
            Child child = processes.penstock(options.jar(), Core.SUBJECT, free, upstream.port(), steps);
            children.push(child);
            Ready.await(child, free, Ready.PENSTOCK);
            targets.add(new Target(steps.title(), child, free, RoutesFile.SAME));
        }
    }

    private void measure(Target target) {
        Duration before = target.child().cpu();
        long began = System.nanoTime();
        Times times = new Load(target).full(options.connections(), Duration.ofSeconds(options.seconds()));
        double seconds = (System.nanoTime() - began) / 1e9;
        readings.add(target.name(), CPU, target.child().cpu().minus(before).toNanos() / 1e3 / times.size());
        readings.add(target.name(), RATE, times.size() / seconds);
        readings.add(target.name(), P50, times.percentile(50));
        readings.add(target.name(), P99, times.percentile(99));
        readings.show(target.name(), CPU, RATE);
    }

    private void print() {
        Table table = Table.of(
                "JSON, 1 KB in and out, same dialect, " + options.connections() + " connections, one more step a row",
                "steps",
                "µs CPU per request (min)",
                "its own share, µs",
                "× plain",
                "requests/s",
                "× without records",
                "p50 / p99 ms, full load");
        String before = "";
        String base = StepSet.MANDATORY.title();
        for (Target target : targets) {
            String name = target.name();
            boolean penstock = !name.equals(Target.PLAIN);
            table.row(
                    name,
                    Table.number(readings.median(name, CPU), 0) + " (" + Table.number(readings.least(name, CPU), 0)
                            + ")",
                    before.isEmpty() ? "" : Table.number(readings.difference(name, before, CPU), 1),
                    Table.number(readings.ratio(name, Target.PLAIN, CPU), 2),
                    Table.number(readings.median(name, RATE), 0),
                    penstock ? Table.number(readings.ratio(name, base, RATE), 2) : "",
                    Table.pair(readings.median(name, P50), readings.median(name, P99), 1));
            before = name;
        }
        table.print();
    }
}
