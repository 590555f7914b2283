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

    private final Options options;
    private final Processes processes;
    private final StepReadings readings = new StepReadings();
    private final Deque<Child> children = new ArrayDeque<>();
    private final List<Target> targets = new ArrayList<>();

    StepsPart(Options options, Processes processes) {
        this.options = options;
        this.processes = processes;
    }

    void run() throws Exception {
        try {
            start();
            warmUp();
            for (int round = 0; round < options.rounds(); round++) {
                targets.forEach(this::measure);
                readings.force(JournalBench.force());
            }
            readings.print(targets.stream().map(Target::name).toList(), options.connections());
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
        for (StepSet steps : options.steps()) {
            int free = Processes.freePort();
            Child child = processes.penstock(options.jar(), Core.SUBJECT, free, upstream.port(), steps);
            children.push(child);
            Ready.await(child, free, Ready.PENSTOCK);
            targets.add(new Target(steps.title(), child, free, RoutesFile.SAME));
        }
    }

    private void warmUp() throws IOException, InterruptedException {
        for (Target target : targets) {
            target.child().moveTo(Core.ANY);
            new Load(target).full(options.connections(), Duration.ofSeconds(options.warmup()));
            target.child().moveTo(Core.SUBJECT);
        }
    }

    private void measure(Target target) {
        Duration before = target.child().cpu();
        long began = System.nanoTime();
        Times times = new Load(target).full(options.connections(), Duration.ofSeconds(options.seconds()));
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu = target.child().cpu().minus(before).toNanos() / 1e3 / times.size();
        readings.add(target.name(), cpu, times.size() / seconds, times);
    }
}
