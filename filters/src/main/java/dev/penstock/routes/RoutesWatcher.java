package dev.penstock.routes;

import dev.penstock.routes.source.Sources;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at the content of routes.yml and its includes again and again: what watches folders misses swapped links. A change
 * is taken once it stayed the same for a while, so that a file is not read while it is written.
 */
final class RoutesWatcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.routes");

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** How many looks in a row must show the same. */
    private static final int SETTLED = 3;

    private final RoutesLoader loader;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable Sources seen;
    private int times;

    RoutesWatcher(RoutesLoader loader) {
        this.loader = loader;
    }

    @Override
    public synchronized void start() {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "penstock-routes");
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
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

    private void look() {
        try {
            Sources now = loader.read();
            times = now.equals(seen) ? times + 1 : 1;
            seen = now;
            if (times >= SETTLED && !loader.tried(now)) {
                loader.reload(now);
            }
        } catch (RuntimeException unexpected) {
            LOG.error("{}: cannot be looked at", loader.file(), unexpected);
        }
    }
}
