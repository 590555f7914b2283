package dev.penstock.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The clock of Redis, as far as its answers tell: its windows are the ones that count. Thread-safe. */
final class RedisClock extends Clock {

    private final Clock own;
    private volatile Duration ahead = Duration.ZERO;
    private volatile boolean told;

    RedisClock(Clock own) {
        this.own = own;
    }

    void saw(Instant there) {
        ahead = Duration.between(own.instant(), there);
        told = true;
    }

    /** Whether Redis has told its time; before, this is the instance's own clock, which may be wrong by days. */
    boolean isTold() {
        return told;
    }

    @Override
    public Instant instant() {
        return own.instant().plus(ahead);
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
