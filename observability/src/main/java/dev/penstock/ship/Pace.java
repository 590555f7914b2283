package dev.penstock.ship;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a shipper waits.
 *
 * @param every between two looks at the journal, when all is sent
 * @param first after a first failure, on average; doubled with each further one
 * @param most after any failure
 * @param random spreads the tries of many
 */
record Pace(Duration every, Duration first, Duration most, RandomGenerator random) {

    /** Half of it is sure, half by chance. */
    Duration after(int failures) {
        long nanos = first.toNanos();
        for (int i = 1; i < failures && nanos < most.toNanos(); i++) {
            nanos *= 2;
        }
        long longest = Math.min(nanos, most.toNanos());
        return Duration.ofNanos(longest / 2 + random.nextLong(longest / 2 + 1));
    }
}
