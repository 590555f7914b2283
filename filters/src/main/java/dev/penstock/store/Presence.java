package dev.penstock.store;

import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Redis answers one control. Any call may find that it does not; what asks again and again finds that it does. One line
 * in the log for each change, and {@code penstock.control.degraded}. Thread-safe.
 */
public final class Presence {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    private final String control;
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean shut = new AtomicBoolean();

    /** @param control its key under {@code degraded:} */
    public Presence(String control, @Nullable MeterRegistry meters) {
        this.control = control;
        if (meters != null) {
            Gauge.builder("penstock.control.degraded", this, it -> it.isDegraded() ? 1 : 0)
                    .description("1 while a control's store is away and it does what degraded: says, 0 else")
                    .tag("control", control)
                    .register(meters);
        }
    }

    public boolean isAway() {
        return away.get();
    }

    /** Whether it means that Redis is away: no answer in time, no connection, or an error in place of an answer. */
    public static boolean tells(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RedisException || cause instanceof TimeoutException || cause instanceof IOException;
    }

    /** Whether it does what {@code degraded:} says: Redis is away, or answers and cannot be used. */
    public boolean isDegraded() {
        return away.get() || shut.get();
    }

    public void failed(Throwable failure) {
        if (away.compareAndSet(false, true)) {
            degraded("Redis does not answer (" + reason(failure) + ")");
        }
    }

    /** It answers, and cannot be used. */
    public void shut(String why) {
        if (shut.compareAndSet(false, true)) {
            degraded(why);
        }
    }

    /** It can be used. */
    public void open() {
        if (shut.get() && shut.compareAndSet(true, false)) {
            LOG.warn("control restored: {}, Redis can be used again", control);
        }
    }

    private void degraded(String why) {
        LOG.warn("control degraded: {}, {}; degraded.{} says what is done", control, why, control);
    }

    public void answered() {
        if (away.compareAndSet(true, false)) {
            LOG.warn("control restored: {}, Redis answers again", control);
        }
    }

    /** The kind of what failed first, and the word that Redis' errors begin with, such as READONLY or NOAUTH. */
    public static String reason(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String message = first.getMessage() == null ? "" : first.getMessage();
        String word = message.split(" ", 2)[0];
        String kind = first.getClass().getSimpleName();
        return word.matches("[A-Z]{2,20}") ? kind + " " + word : kind;
    }
}
