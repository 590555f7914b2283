package dev.penstock.bench;

import java.io.IOException;
import java.time.Duration;

/** Start to ready, with nothing else running and on all cores: from {@code java -jar} until the health page says 200. */
final class StartPart {

    private static final String WALL = "wall";
    private static final String CPU = "cpu";

    private final Options options;
    private final Processes processes;
    private final Readings readings = new Readings();

    StartPart(Options options, Processes processes) {
        this.options = options;
        this.processes = processes;
    }

    void run() throws IOException, InterruptedException {
        for (int i = 0; i <= options.starts(); i++) {
            Started plain = plain();
            Started penstock = penstock();
            if (i > 0) {
                note(Target.PLAIN, plain);
                note("Penstock", penstock);
            }
        }
        print();
    }

    private record Started(double seconds, double cpuSeconds) {}

    private Started plain() throws IOException, InterruptedException {
        int port = Processes.freePort();
        long began = System.nanoTime();
        try (Child child = processes.plain(Core.ANY, port, 9)) {
            return started(child, port, Ready.PLAIN, began);
        }
    }

    private Started penstock() throws IOException, InterruptedException {
        int port = Processes.freePort();
        long began = System.nanoTime();
        try (Child child = processes.penstock(options.jar(), Core.ANY, port, 9)) {
            return started(child, port, Ready.PENSTOCK, began);
        }
    }

    private static Started started(Child child, int port, String path, long began)
            throws IOException, InterruptedException {
        Ready.await(child, port, path);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new Started(took.toMillis() / 1000.0, child.cpu().toMillis() / 1000.0);
    }

    private void note(String subject, Started started) {
        readings.add(subject, WALL, started.seconds());
        readings.add(subject, CPU, started.cpuSeconds());
    }

    private void print() {
        Table table = Table.of("Start to ready", "jar", "seconds", "× plain", "CPU seconds", "× plain");
        for (String subject : new String[] {Target.PLAIN, "Penstock"}) {
            table.row(
                    subject,
                    Table.number(readings.median(subject, WALL), 2),
                    Table.number(readings.ratio(subject, Target.PLAIN, WALL), 2),
                    Table.number(readings.median(subject, CPU), 2),
                    Table.number(readings.ratio(subject, Target.PLAIN, CPU), 2));
        }
        table.print();
    }
}
