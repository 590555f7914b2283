package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** The permits that this instance holds, whose leases have to be renewed; whoever admitted them. Thread-safe. */
final class Leases {

    private final String instance;
    private final AtomicLong last = new AtomicLong();
    private final Map<String, List<Permit>> held = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();

    Leases(String instance) {
        this.instance = instance;
    }

    /**
     * @param key of the set of permits
     * @param index of its rule's subjects; the key begins with it
     */
    record Permit(String key, String index, String id, long number) {

        String subject() {
            return key.substring(index.length() + 1);
        }

        String name() {
            return id + "." + number;
        }
    }

    String instance() {
        return instance;
    }

    String nextId() {
        return instance + "." + Long.toString(last.incrementAndGet(), Character.MAX_RADIX);
    }

    /** {@code claims} are of what is concurrent. */
    synchronized void hold(String id, List<Claim> claims) {
        List<Permit> permits = new ArrayList<>(1);
        for (Claim claim : claims) {
            String key = Keys.count(claim);
            String index = Keys.index(claim.rule());
            for (long i = 1; i <= claim.amount(); i++) {
                permits.add(new Permit(key, index, id, i));
            }
            sizes.merge(key, claim.amount(), Long::sum);
        }
        if (!permits.isEmpty()) {
            held.put(id, permits);
        }
    }

    /** All of them or none: none when one would be more than {@code most} of its rule. */
    synchronized boolean holdWithin(String id, List<Claim> claims, ToLongFunction<Rule> most) {
        boolean room =
                claims.stream().allMatch(claim -> size(claim) + claim.amount() <= most.applyAsLong(claim.rule()));
        if (room) {
            hold(id, claims);
        }
        return room;
    }

    /** What was held by that name; nothing the second time. */
    synchronized List<Permit> letGo(String id) {
        List<Permit> permits = held.remove(id);
        if (permits == null) {
            return List.of();
        }
        permits.forEach(permit -> sizes.computeIfPresent(permit.key(), (key, size) -> size == 1 ? null : size - 1));
        return permits;
    }

    synchronized long size(Claim claim) {
        return sizes.getOrDefault(Keys.count(claim), 0L);
    }

    synchronized List<Permit> held() {
        List<Permit> all = new ArrayList<>();
        held.values().forEach(all::addAll);
        return all;
    }

    synchronized boolean holds(Permit permit) {
        return held.containsKey(permit.id());
    }

    /** The subjects of a rule that hold any. */
    synchronized List<String> subjects(Rule rule) {
        String prefix = Keys.index(rule) + "|";
        return sizes.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .toList();
    }
}
