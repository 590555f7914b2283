package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.limit.bucket.Taking.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The permits that this instance holds, whose leases have to be renewed. Thread-safe. */
final class Leases {

    private final String instance;
    private final AtomicLong last = new AtomicLong();
    private final Map<String, List<Permit>> held = new ConcurrentHashMap<>();

    Leases(String instance) {
        this.instance = instance;
    }

    /** @param key of the set of permits */
    record Permit(String key, String name) {}

    String instance() {
        return instance;
    }

    String nextId() {
        return instance + "." + Long.toString(last.incrementAndGet(), Character.MAX_RADIX);
    }

    void hold(Taken taken) {
        List<Permit> permits = new ArrayList<>(1);
        for (Claim claim : taken.claims()) {
            if (claim.rule().of() == Measure.CONCURRENT) {
                for (long i = 1; i <= claim.amount(); i++) {
                    permits.add(new Permit(Keys.count(claim), taken.id() + "." + i));
                }
            }
        }
        if (!permits.isEmpty()) {
            held.put(taken.id(), permits);
        }
    }

    void letGo(Taken taken) {
        held.remove(taken.id());
    }

    List<Permit> held() {
        List<Permit> all = new ArrayList<>();
        held.values().forEach(all::addAll);
        return all;
    }
}
