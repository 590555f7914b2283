package dev.penstock.limit;

import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.Taking.Taken;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one request or attempt has taken, to be given back once. Thread-safe: the end may come before what is taken does. */
final class Hold implements Consumer<Taken> {

    private static final Logger LOG = LoggerFactory.getLogger(Hold.class);
    private static final Taken OVER = new Taken(List.of(), Instant.EPOCH, List.of(), "");

    private final Limits limits;
    private final AtomicReference<@Nullable Taken> held = new AtomicReference<>();

    Hold(Limits limits) {
        this.limits = limits;
    }

    /** What comes after the end was for nothing. */
    @Override
    public void accept(Taken taken) {
        if (!held.compareAndSet(null, taken)) {
            settle(taken, claim -> 0, levels -> {});
        }
    }

    /** Only the first end counts; {@code told} learns how the limits stand after it. */
    void end(ToLongFunction<Claim> used, Consumer<List<Level>> told) {
        Taken taken = held.getAndSet(OVER);
        if (taken != null && taken != OVER) {
            settle(taken, used, told);
        }
    }

    private void settle(Taken taken, ToLongFunction<Claim> used, Consumer<List<Level>> told) {
        try {
            List<Level> levels = limits.settleHere(taken, used);
            if (levels == null) {
                limits.settle(taken, used).subscribe(told, Hold::unsettled);
            } else {
                told.accept(levels);
            }
        } catch (RuntimeException failed) {
            unsettled(failed);
        }
    }

    private static void unsettled(Throwable failure) {
        LOG.error("limits were not settled: {}", failure.getClass().getName());
    }
}
