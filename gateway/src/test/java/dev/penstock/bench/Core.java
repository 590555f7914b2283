package dev.penstock.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Where a process runs: the subject alone on one core, upstream and load on another; anywhere without {@code taskset}. */
enum Core {
    SUBJECT("0"),
    OTHERS("1"),
    ANY("0,1");

    private static final boolean PINS = Runtime.getRuntime().availableProcessors() > 1 && hasTaskset();

    private final String number;

    Core(String number) {
        this.number = number;
    }

    static boolean pins() {
        return PINS;
    }

    /** What a command begins with to run there. */
    List<String> prefix() {
        return PINS && this != ANY ? List.of("taskset", "-c", number) : List.of();
    }

    /** Moves a process there, with the threads that it has; those that they start follow. */
    void take(long process) throws IOException, InterruptedException {
        if (PINS) {
            new ProcessBuilder("taskset", "-a", "-c", "-p", number, Long.toString(process))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        }
    }

    private static boolean hasTaskset() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
    }
}
