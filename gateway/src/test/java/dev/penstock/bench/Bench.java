package dev.penstock.bench;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs the parts that were asked for, prints a table each, and leaves nothing running. */
public final class Bench {

    private static final int LONGEST_MINUTES = 15;

    private final Options options;
    private final Processes processes;

    private Bench(Options options, Processes processes) {
        this.options = options;
        this.processes = processes;
    }

    public static void main(String[] arguments) {
        Quiet.logs();
        ScheduledExecutorService limit = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "limit");
            thread.setDaemon(true);
            return thread;
        });
        limit.schedule(() -> System.exit(2), LONGEST_MINUTES, TimeUnit.MINUTES);
        try {
            Options options = Options.read();
            new Bench(options, Processes.of(options)).run();
            System.exit(0);
        } catch (Exception failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }

    private void run() throws Exception {
        Machine.print(options);
        if (options.has("start")) {
            new StartPart(processes).run(options.starts());
        }
        if (options.has("json") || options.has("stream") || options.has("hangup")) {
            Core.OTHERS.here();
            underLoad();
        }
    }

    private void underLoad() throws Exception {
        Processes.Upstream upstream = processes.upstream();
        int plainPort = Processes.freePort();
        int penstockPort = Processes.freePort();
        try (Child bare = upstream.child();
                Child plain = processes.plain(Core.SUBJECT, plainPort, upstream.port());
                Child penstock = processes.penstock(Core.SUBJECT, penstockPort, upstream.port())) {
            Ready.await(plain, plainPort, Ready.PLAIN);
            Ready.await(penstock, penstockPort, Ready.PENSTOCK);
            List<Target> targets = List.of(
                    new Target(Target.BARE, bare, upstream.port(), "bench-1"),
                    new Target(Target.PLAIN, plain, plainPort, "bench-1"),
                    new Target(Target.SAME, penstock, penstockPort, RoutesFile.SAME),
                    new Target(Target.TRANSLATED, penstock, penstockPort, RoutesFile.TRANSLATED));
            parts(
                    targets.stream()
                            .filter(target -> target.isOneOf(options.subjects()))
                            .toList(),
                    upstream.port());
        }
    }

    private void parts(List<Target> targets, int upstream) throws Exception {
        for (Target target : targets) {
            new Load(target).warmUp(options);
        }
        if (options.has("json")) {
            new JsonPart(options, targets).run();
        }
        if (options.has("stream")) {
            new StreamPart(options, targets).run();
        }
        if (options.has("hangup")) {
            new HangUpPart(options, targets, upstream).run();
        }
    }
}
