package dev.penstock.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/** How many requests a provider has in flight, at most {@code limit}. Thread-safe; never waits. */
final class Permits {

    private final int limit;
    private final AtomicInteger taken = new AtomicInteger();

    Permits(int limit) {
        this.limit = limit;
    }

    boolean take() {
        while (true) {
            int now = taken.get();
            if (now >= limit) {
                return false;
            }
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    void give() {
        taken.decrementAndGet();
    }

    int taken() {
        return taken.get();
    }
}
