package dev.penstock.upstream;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** For libraries that measure with a {@link Clock}: only moves forward, whatever is done to the machine's time. */
final class MonotonicClock extends Clock {

    private final LongSupplier nanos;
    private final long began;

    MonotonicClock(LongSupplier nanos) {
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos.getAsLong() - began);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The zone makes no difference to an instant. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
