package dev.penstock.limit.redis;

import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store of limits answers. Any call may find that it does not; only a beat finds that it does again. One line in the
 * log for each change, and {@code penstock.control.degraded}. Thread-safe.
 */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Fleet fleet;
    private final AtomicBoolean away = new AtomicBoolean();

    Watch(Fleet fleet, @Nullable MeterRegistry meters) {
        this.fleet = fleet;
        if (meters != null) {
            Gauge.builder("penstock.control.degraded", away, it -> it.get() ? 1 : 0)
                    .description("1 while a control's store is away and it does what degraded: says, 0 else")
                    .tag("control", "limits")
                    .register(meters);
        }
    }

    boolean isAway() {
        return away.get();
    }

    /** Whether it means that the store is away: no answer in time, no connection, or an error in place of an answer. */
    static boolean tells(Throwable failure) {
        return failure instanceof RedisException
                || failure instanceof TimeoutException
                || failure instanceof IOException;
    }

    void failed(Throwable failure) {
        if (away.compareAndSet(false, true)) {
            LOG.warn(
                    "control degraded: limits are not shared, Redis does not answer ({}); degraded.limits says what is"
                            + " done, a local share is 1/{}",
                    reason(failure),
                    fleet.size());
        }
    }

    void answered() {
        if (away.compareAndSet(true, false)) {
            LOG.warn("control restored: limits are shared again by {} instances", fleet.size());
        }
    }

    /** The kind of a failure, and the word that Redis' errors begin with, such as READONLY. */
    private static String reason(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        String first = message.split(" ", 2)[0];
        String kind = failure.getClass().getSimpleName();
        return first.matches("[A-Z]{2,20}") ? kind + " " + first : kind;
    }
}
