package dev.penstock.budget;

import dev.penstock.budget.Shared.Pace;
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
    private final long most;
    private final LongSupplier nanos;
    private Map<String, Long> seen = Map.of();
    private long looked;

    /**
     * @param pace says what is longer than anyone who lives needs to renew, and how often somebody looks
     * @param nanos a clock that only moves forward, in nanoseconds
     */
    Overdue(Pace pace, LongSupplier nanos) {
        this.grace = pace.unrenewed().toNanos();
        this.most = pace.every().multipliedBy(2).toNanos();
        this.nanos = nanos;
    }

    /**
     * Those that were past whenever somebody looked for long enough. Of the time between two looks not all counts where it is long: what
     * was renewed meanwhile may be past again. Where nobody looked for as long, nothing is known.
     *
     * @param past all whose leases are past now
     */
    List<String> lost(List<String> past) {
        long now = nanos.getAsLong();
        long gap = now - looked;
        Map<String, Long> before = gap > grace ? Map.of() : seen;
        Map<String, Long> all = new HashMap<>();
        List<String> lost = new ArrayList<>();
        for (String id : past) {
            Long earlier = before.get(id);
            long sum = earlier == null ? 0 : earlier + Math.min(gap, most);
            all.put(id, sum);
            if (sum >= grace) {
                lost.add(id);
            }
        }
        seen = all;
        looked = now;
        return lost;
    }
}
