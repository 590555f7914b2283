package dev.penstock.limit.redis;

import dev.penstock.limit.redis.Leases.Permit;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Permits that ended and may stand in Redis all the same: what told it was lost, or was followed by a beat that brought them back.
 * They are told until Redis has answered. Thread-safe.
 */
final class Ended {

    /** Whatever is older than so many ends with its lease. */
    private static final int MOST = 10_000;

    private final RedisCounts counts;
    private final Set<Permit> all = new LinkedHashSet<>();
    private boolean telling;

    Ended(RedisCounts counts) {
        this.counts = counts;
    }

    synchronized void add(List<Permit> permits) {
        all.addAll(permits);
        Iterator<Permit> oldest = all.iterator();
        for (int more = all.size() - MOST; more > 0; more--) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Told at once, and again where that fails. */
    void tell(List<Permit> permits) {
        counts.remove(permits).whenComplete((done, failed) -> {
            if (failed != null) {
                add(permits);
            }
        });
    }

    /** One at a time: a Redis that stood still answers many beats at once. */
    synchronized void tell() {
        if (telling || all.isEmpty()) {
            return;
        }
        telling = true;
        List<Permit> told = List.copyOf(all);
        counts.remove(told).whenComplete((done, failed) -> answered(failed == null ? told : List.of()));
    }

    private synchronized void answered(List<Permit> known) {
        telling = false;
        known.forEach(all::remove);
    }
}
