package dev.penstock.exchange;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
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
        Timeout limit = wheel.newTimeout(ignored -> task.run(), delay, unit);
        return limit::cancel;
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException("limits are single tasks");
    }
}
