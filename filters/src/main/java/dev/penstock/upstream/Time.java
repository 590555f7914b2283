package dev.penstock.upstream;

import java.time.Clock;
import java.util.function.LongSupplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The clocks of this folder.
 *
 * @param scheduler runs timers; its tasks never block
 * @param nanos only moves forward; what time-outs and durations are measured with
 * @param clock the wall clock, for timestamps
 */
public record Time(Scheduler scheduler, LongSupplier nanos, Clock clock) {

    public static Time system() {
        return new Time(Schedulers.parallel(), System::nanoTime, Clock.systemUTC());
    }
}
