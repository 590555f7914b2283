package dev.penstock.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A wall clock that stands until it is moved. Thread-safe. */
public final class VirtualClock extends Clock {

    private final AtomicReference<Instant> now;

    public VirtualClock(String start) {
        now = new AtomicReference<>(Instant.parse(start));
    }

    public void forward(Duration time) {
        now.updateAndGet(it -> it.plus(time));
    }

    public void at(String time) {
        now.set(Instant.parse(time));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
