package dev.penstock.limit.redis;

import dev.penstock.limit.redis.Leases.Permit;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Permits that ended and may stand in Redis all the same: what told it was lost, or was followed by a beat that brought them back.
 * They are told until Redis has answered. Thread-safe.
 */
final class Ended {

    /** Whatever is older than so many ends with its lease. */
    private static final int MOST = 10_000;

    private final Function<List<Permit>, CompletableFuture<Void>> remove;
    private final Set<Permit> all = new LinkedHashSet<>();
    private boolean telling;

    /** @param remove tells Redis */
    Ended(Function<List<Permit>, CompletableFuture<Void>> remove) {
        this.remove = remove;
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
        removed(permits).whenComplete((done, failed) -> {
            if (failed != null) {
                add(permits);
            }
        });
    }

    /** One at a time: a Redis that stood still answers many beats at once. What is added meanwhile is told the next time. */
    synchronized void tell() {
        if (telling || all.isEmpty()) {
            return;
        }
        telling = true;
        List<Permit> told = List.copyOf(all);
        all.clear();
        removed(told).whenComplete((done, failed) -> answered(failed == null ? List.of() : told));
    }

    private CompletableFuture<Void> removed(List<Permit> permits) {
        try {
            return remove.apply(permits);
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private synchronized void answered(List<Permit> still) {
        telling = false;
        List<Permit> later = List.copyOf(all);
        all.clear();
        add(still);
        add(later);
    }
}
