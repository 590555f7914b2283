package dev.penstock.journal.embedded;

import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.segment.Verification;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Verifies what recovery had no need to read, slowly enough to disturb nobody. */
final class BackgroundCheck implements Runnable {

    private final Segments segments;
    private final int bytesPerSecond;
    private final Alarm alarm;
    private volatile boolean stopped;
    private long slept;

    BackgroundCheck(Segments segments, Place end, int bytesPerSecond, Alarm alarm) {
        this.segments = segments.upTo(() -> end);
        this.bytesPerSecond = bytesPerSecond;
        this.alarm = alarm;
    }

    @Override
    public void run() {
        try {
            Verification.Result result = Verification.of(segments, this::pace);
            if (!stopped) {
                result.damage().forEach(alarm::damaged);
            }
        } catch (RuntimeException unreadable) {
            if (!stopped) {
                alarm.failed("verification of older segments", unreadable);
            }
        }
    }

    private boolean pace(long records, long bytes) {
        if (!stopped) {
            LockSupport.parkNanos(this, TimeUnit.SECONDS.toNanos(1) * (bytes - slept) / bytesPerSecond);
            slept = bytes;
        }
        return !stopped;
    }

    void stop() {
        stopped = true;
    }
}
