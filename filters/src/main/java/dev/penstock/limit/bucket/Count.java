package dev.penstock.limit.bucket;

import java.time.Duration;

/** What was taken by one subject of one rule. Not thread-safe; the time is that of its {@link EmbeddedLimits}. */
interface Count {

    /** Until {@code amount} can be had; zero when it can now. */
    Duration until(long amount);

    /** Only what can be had. */
    void take(long amount);

    /** Also what cannot be had. */
    void charge(long amount);

    /** @param takenAt nanoseconds since the epoch */
    void settle(long taken, long used, long takenAt);

    long limit();

    /** May be below zero. */
    long remaining();

    /** Until all of it can be had, where {@code remaining} can be now. */
    Duration reset(long remaining);

    /** Whether it is as good as new, and can be forgotten. */
    boolean idle();
}
