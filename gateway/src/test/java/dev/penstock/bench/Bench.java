package dev.penstock.bench;

import dev.penstock.journal.embedded.JournalBench;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs the parts that were asked for, prints a table each, and leaves nothing running. */
public final class Bench {

    private static final int LONGEST_MINUTES = 20;

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
        processes.forget();
        try {
            parts();
        } finally {
            processes.forget();
        }
    }

    private void parts() throws Exception {
        if (options.has("start")) {
            new StartPart(options, processes).run();
        }
        if (options.has("journal")) {
            JournalBench.main(new String[0]);
        }
        if (options.has("render")) {
            RenderPart.run();
        }
        if (options.has("steps")) {
            Core.OTHERS.take(ProcessHandle.current().pid());
            new StepsPart(options, processes).run();
        }
        if (options.has("json") || options.has("stream") || options.has("hangup")) {
            Core.OTHERS.take(ProcessHandle.current().pid());
            underLoad();
        }
    }

    private void underLoad() throws Exception {
        try (Subjects subjects = Subjects.start(options, processes)) {
            subjects.warmUp();
            if (options.has("json")) {
                new JsonPart(options, subjects.targets()).run();
            }
            if (options.has("stream")) {
                new StreamPart(options, subjects.targets()).run();
            }
            if (options.has("hangup")) {
                new HangUpPart(options, subjects.targets(), subjects.upstreamPort()).run();
            }
        }
    }
}
