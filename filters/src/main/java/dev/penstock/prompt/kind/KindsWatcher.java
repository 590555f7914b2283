package dev.penstock.prompt.kind;

import dev.penstock.prompt.template.PromptException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at the folders of kinds again and again, through links, since what watches folders misses swapped ones. A change is
 * taken once it stayed the same for a while, so that no file is read while it is written.
 */
public final class KindsWatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.prompts");
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** How many looks in a row must show the same. */
    private static final int SETTLED = 3;

    private static final int DEPTH = 3;

    private final Kinds kinds;
    private final ObjectProvider<MeterRegistry> meters;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable Map<Path, Stamp> taken;
    private @Nullable Map<Path, Stamp> seen;
    private int times;
    private String told = "";

    public KindsWatcher(Kinds kinds, ObjectProvider<MeterRegistry> meters) {
        this.kinds = kinds;
        this.meters = meters;
    }

    /** A file, as far as it can be told without reading it. */
    private record Stamp(long modified, long size, @Nullable Object key) {}

    @Override
    public synchronized void start() {
        taken = kinds.isLoaded() ? look() : null;
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "penstock-prompts");
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(this::compare, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void compare() {
        try {
            if (!kinds.isLoaded()) {
                return;
            }
            Map<Path, Stamp> now = look();
            times = now.equals(seen) ? times + 1 : 1;
            seen = now;
            if (times >= SETTLED && !now.equals(taken)) {
                taken = now;
                reload();
            }
        } catch (PromptException | UncheckedIOException unreadable) {
            unreadable(String.valueOf(unreadable.getMessage()));
        } catch (RuntimeException unexpected) {
            LOG.error("the folders of kinds cannot be looked at", unexpected);
        }
    }

    /** Once, for it is looked at again and again. */
    private void unreadable(String problem) {
        if (!problem.equals(told)) {
            told = problem;
            refused(problem);
        }
    }

    private void reload() {
        told = "";
        Map<String, PromptException> wrong = kinds.reload();
        wrong.values().forEach(problem -> refused(problem.getMessage()));
        count("penstock.prompts.reloads");
        LOG.info("{}: reloaded, {} kinds", kinds.directory(), kinds.names().size());
    }

    private void refused(@Nullable String problem) {
        count("penstock.prompts.refused");
        LOG.error("{}; what was there before goes on", problem);
    }

    private void count(String meter) {
        meters.ifAvailable(registry -> registry.counter(meter).increment());
    }

    private Map<Path, Stamp> look() {
        Map<Path, Stamp> stamps = new TreeMap<>();
        try (Stream<Path> files = Files.walk(kinds.directory(), DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            files.forEach(file -> stamp(file, stamps));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return stamps;
    }

    /** A file that is gone between two looks at it is not there. */
    private static void stamp(Path file, Map<Path, Stamp> to) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            if (is.isRegularFile()) {
                long modified = is.lastModifiedTime().to(TimeUnit.NANOSECONDS);
                to.put(file, new Stamp(modified, is.size(), is.fileKey()));
            } else {
                to.put(file, new Stamp(0, 0, null));
            }
        } catch (IOException gone) {
            to.remove(file);
        }
    }
}
