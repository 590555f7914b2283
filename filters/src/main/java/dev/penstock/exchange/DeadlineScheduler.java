package dev.penstock.exchange;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * For limits that nearly never pass: a wheel that ticks every 50 ms, so that setting and dropping a limit wakes no thread and
 * takes no lock. A task runs up to two ticks late, on the wheel's one thread; it must not block.
 */
public final class DeadlineScheduler implements Scheduler {

    /** One wheel for the whole process; its daemon thread starts with the first limit. */
    public static final Scheduler SHARED = new DeadlineScheduler();

    private static final long TICK_MILLIS = 50;

    private final HashedWheelTimer wheel = new HashedWheelTimer(
            new DefaultThreadFactory("penstock-deadlines", true), TICK_MILLIS, TimeUnit.MILLISECONDS);

    private DeadlineScheduler() {}

    @Override
    public Disposable schedule(Runnable task) {
        return schedule(task, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        Limit limit = new Limit(task);
        limit.timeout = wheel.newTimeout(limit, delay, unit);
        return limit;
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException("limits are single tasks");
    }

    /**
     * One limit. The wheel keeps a dropped one until its next tick, by when a busy gateway has finished hundreds of requests: so
     * that they do not grow old with it, the task is let go at once.
     */
    private static final class Limit implements TimerTask, Disposable {

        private volatile @Nullable Runnable task;
        private volatile @Nullable Timeout timeout;

        private Limit(Runnable task) {
            this.task = task;
        }

        @Override
        public void run(Timeout passed) {
            Runnable due = task;
            if (due != null) {
                due.run();
            }
        }

        @Override
        public void dispose() {
            task = null;
            Timeout current = timeout;
            if (current != null) {
                current.cancel();
            }
        }

        @Override
        public boolean isDisposed() {
            return task == null;
        }
    }
}
