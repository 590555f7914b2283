package dev.penstock.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM that this run started, and stops. */
final class Child implements AutoCloseable {

    private final String name;
    private final Process process;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** {@code log} takes what it writes to standard error, and to standard output unless that is {@code read}. */
    static Child java(String name, Core core, List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>(core.prefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        if (!arguments.contains(BenchUpstream.class.getName())) {
            builder.redirectOutput(log.toFile());
        }
        return new Child(name, builder.start());
    }

    /** The next line of its standard output. */
    String line() throws IOException {
        return process.inputReader().readLine();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Moves it, with all its threads. */
    void moveTo(Core core) throws IOException, InterruptedException {
        core.take(process.pid());
    }

    String name() {
        return name;
    }

    /** User and system time since its start, as the kernel counts them: in steps of 10 ms on Linux. */
    Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident memory in MB; 0 where there is no {@code /proc}. */
    double rss() {
        try (Stream<String> status = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException absent) {
            return 0;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
