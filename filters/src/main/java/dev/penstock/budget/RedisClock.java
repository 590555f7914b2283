package dev.penstock.budget;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The clock of Redis, as far as its answers tell: its windows are the ones that count. Between answers it goes on by itself, whatever happens to the
 * instance's own clock, which may be wrong by days. Thread-safe.
 */
final class RedisClock extends Clock {

    private final Clock own;
    private volatile @Nullable Seen seen;

    RedisClock(Clock own) {
        this.own = own;
    }

    /** @param at by {@link System#nanoTime()} */
    private record Seen(Instant there, long at) {

        Instant now() {
            return there.plusNanos(System.nanoTime() - at);
        }
    }

    void saw(Instant there) {
        seen = new Seen(there, System.nanoTime());
    }

    /** What time it is there; the earliest of all times before Redis has told any, so that nothing is over by then. */
    Instant told() {
        Seen last = seen;
        return last == null ? Instant.MIN : last.now();
    }

    /** The instance's own clock before Redis has told its time. */
    @Override
    public Instant instant() {
        Seen last = seen;
        return last == null ? own.instant() : last.now();
    }

    @Override
    public ZoneId getZone() {
        return own.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("budgets have zones of their own");
    }
}
