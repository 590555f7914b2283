package dev.penstock.budget;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Calls of others whose leases are past. They are given up when nobody has renewed them for some time by this instance's own clock:
 * Redis' may jump, and whoever renews may have found Redis away, or slept, as this instance did. Used by one thread at a time.
 */
final class Overdue {

    private final long grace;
    private final LongSupplier nanos;
    private Map<String, Long> since = Map.of();
    private long looked;

    /**
     * @param grace longer than anyone who lives needs to renew
     * @param nanos a clock that only moves forward, in nanoseconds
     */
    Overdue(Duration grace, LongSupplier nanos) {
        this.grace = grace.toNanos();
        this.nanos = nanos;
    }

    /**
     * Those that were past whenever somebody looked for long enough. Where nobody looked for as long, nothing is known of what was renewed
     * meanwhile.
     *
     * @param past all whose leases are past now
     */
    List<String> lost(List<String> past) {
        long now = nanos.getAsLong();
        Map<String, Long> before = now - looked > grace ? Map.of() : since;
        Map<String, Long> all = new HashMap<>();
        List<String> lost = new ArrayList<>();
        for (String id : past) {
            long first = before.getOrDefault(id, now);
            all.put(id, first);
            if (now - first >= grace) {
                lost.add(id);
            }
        }
        since = all;
        looked = now;
        return lost;
    }
}
