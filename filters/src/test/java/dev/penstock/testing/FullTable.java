package dev.penstock.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Lists what {@code -Pfull} ran: one file for all modules ({@code penstock.full.table}), printed whole after each. Without that
 * property it does nothing.
 */
public final class FullTable implements TestExecutionListener {

    private static final String HEAD =
            String.format("%-5s %-62s %9s %-7s %8s", "line", "test", "count", "result", "seconds");

    private final Optional<Path> file =
            Optional.ofNullable(System.getProperty("penstock.full.table")).map(Path::of);
    private final Map<String, Long> began = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> rows = new ConcurrentLinkedQueue<>();

    @Override
    public void executionStarted(TestIdentifier test) {
        began.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (file.isEmpty() || !test.isTest()) {
            return;
        }
        test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .ifPresent(source -> Optional.ofNullable(source.getJavaMethod().getAnnotation(Full.class))
                        .ifPresent(full -> rows.add(row(full, source, test, result))));
    }

    private String row(Full full, MethodSource source, TestIdentifier test, TestExecutionResult result) {
        double seconds = (System.nanoTime() - began.getOrDefault(test.getUniqueId(), System.nanoTime())) / 1e9;
        String name = source.getJavaClass().getSimpleName() + "." + source.getMethodName();
        String word = result.getStatus() == Status.SUCCESSFUL ? "holds" : "fails";
        return String.format(
                "%-5s %-62s %9s %-7s %8.1f",
                full.line(), name, System.getProperty(full.count(), "usual"), word, seconds);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (file.isEmpty() || rows.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.get().toAbsolutePath().getParent());
            Files.write(file.get(), rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            List<String> all = Files.readAllLines(file.get());
            System.out.println(String.join(
                    System.lineSeparator(),
                    Stream.concat(Stream.of("", HEAD), all.stream().sorted()).toList()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
