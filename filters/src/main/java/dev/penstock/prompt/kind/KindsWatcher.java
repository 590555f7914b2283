package dev.penstock.prompt.kind;

import dev.penstock.prompt.template.PromptException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    private final Kinds kinds;
    private final ObjectProvider<MeterRegistry> meters;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable Stamps seen;
    private int times;
    private String told = "";

    public KindsWatcher(Kinds kinds, ObjectProvider<MeterRegistry> meters) {
        this.kinds = kinds;
        this.meters = meters;
    }

    @Override
    public synchronized void start() {
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
            Stamps now = Stamps.of(kinds.directory());
            times = now.equals(seen) ? times + 1 : 1;
            seen = now;
            if (times >= SETTLED && !now.equals(kinds.readFrom())) {
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
}
