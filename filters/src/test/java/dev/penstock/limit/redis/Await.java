package dev.penstock.limit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what will come, up to ten seconds. */
final class Await {

    private Await() {}

    static void until(BooleanSupplier true_) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!true_.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came within ten seconds").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }
}
