package dev.penstock.upstream;

import dev.penstock.exchange.DeadlineScheduler;
import java.time.Clock;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The clocks of this folder.
 *
 * @param scheduler for delays that are meant to pass; its tasks never block
 * @param limits for those that are not, such as time-outs
 * @param nanos only moves forward; what time-outs and durations are measured with
 * @param clock the wall clock, for timestamps
 */
public record Time(Scheduler scheduler, Scheduler limits, LongSupplier nanos, Clock clock) {

    public static Time system() {
        return new Time(Schedulers.parallel(), DeadlineScheduler.SHARED, System::nanoTime, Clock.systemUTC());
    }
}
