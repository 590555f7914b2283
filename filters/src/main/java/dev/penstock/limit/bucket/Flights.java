package dev.penstock.limit.bucket;

import java.time.Duration;

/** How many are under way. */
final class Flights implements Count {

    /** Nobody knows when one ends. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final long limit;
    private long underWay;

    Flights(long limit) {
        this.limit = limit;
    }

    @Override
    public Duration until(long amount) {
        return amount <= limit - underWay ? Duration.ZERO : SOON;
    }

    @Override
    public void take(long amount) {
        underWay += amount;
    }

    @Override
    public void charge(long amount) {
        underWay += amount;
    }

    @Override
    public void settle(long taken, long used, long takenAt) {
        underWay -= taken;
    }

    @Override
    public long limit() {
        return limit;
    }

    @Override
    public long remaining() {
        return limit - underWay;
    }

    @Override
    public Duration reset(long remaining) {
        return Duration.ZERO;
    }

    @Override
    public boolean idle() {
        return underWay == 0;
    }
}
