package dev.penstock.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What this instance knows of its own money whatever becomes of Redis: what it has charged and Redis has confirmed, what it holds,
 * and what it has still to settle. Enough to tell a Redis that has lost its data. Thread-safe.
 */
final class Books {

    private static final long UNSAVED = Duration.ofSeconds(10).toNanos();

    private final Consumer<String> confirmed;
    private final LongSupplier nanos;
    private final Map<String, Posting> spent = new HashMap<>();
    private final Map<String, List<Claim>> held = new HashMap<>();
    private final Map<String, Ending> ending = new LinkedHashMap<>();
    private final Map<String, List<Posting>> owed = new HashMap<>();
    private final Set<String> untold = new HashSet<>();
    private final Deque<Recent> recent = new ArrayDeque<>();
    private final Set<String> over = new LinkedHashSet<>();
    private boolean foreign;

    /** @param confirmed is told of each call whose charge Redis has confirmed, outside the lock */
    Books(Consumer<String> confirmed) {
        this(confirmed, System::nanoTime);
    }

    /** @param nanos a clock that only moves forward, in nanoseconds */
    Books(Consumer<String> confirmed, LongSupplier nanos) {
        this.confirmed = confirmed;
        this.nanos = nanos;
    }

    private record Recent(long at, Ending end) {}

    /**
     * An end that Redis has not confirmed.
     *
     * @param lines all that may be held, with what is charged
     * @param charged the accounts, where they are known
     */
    record Ending(String id, List<Posting> lines, List<Claim> charged) {

        /** Whether it is that of a call, and not of a hold that only may have happened. */
        private boolean charges() {
            return !charged.isEmpty();
        }
    }

    /** What was charged before this start. */
    synchronized void begin(List<Posting> sums) {
        foreign = !sums.isEmpty();
        sums.forEach(sum -> spent.put(sum.key(), sum));
    }

    /** Whether there was a life before this start, and so perhaps other instances that this one does not know of. */
    synchronized boolean hasPast() {
        return foreign;
    }

    /** Of a call that a process before this one held or ended: it is among the sums, and Redis may hold it still. */
    synchronized void owe(String id, List<Posting> charges) {
        owed.put(id, charges);
    }

    synchronized Map<String, List<Posting>> owed() {
        return Map.copyOf(owed);
    }

    /** Redis has it as it is now. */
    void paid(String id) {
        boolean first;
        synchronized (this) {
            first = owed.remove(id) != null;
        }
        if (first) {
            confirmed.accept(id);
        }
    }

    /** The claims of before under this id, at nothing, and these. */
    synchronized List<Claim> over(String id, List<Claim> claims) {
        Map<String, Claim> all = new LinkedHashMap<>();
        held.getOrDefault(id, List.of()).forEach(it -> all.put(it.account().key(), new Claim(it.account(), 0)));
        claims.forEach(it -> all.put(it.account().key(), it));
        return List.copyOf(all.values());
    }

    /** Redis holds them. Where the call has ended meanwhile, its end gives them back, and is not to lose what it charges. */
    synchronized void hold(String id, List<Claim> claims) {
        if (ending.containsKey(id) && ending.get(id).charges()) {
            return;
        }
        ending.remove(id);
        untold.remove(id);
        held.put(id, claims);
    }

    /** Redis is to be told that it holds them. */
    synchronized void let(String id, List<Claim> claims) {
        hold(id, claims);
        untold.add(id);
    }

    /** Where it holds others by now, it is to be told of these: they may have come to Redis before. */
    synchronized void told(String id, List<Claim> claims) {
        List<Claim> now = held.get(id);
        if (claims.equals(now)) {
            untold.remove(id);
        } else if (now != null) {
            untold.add(id);
        }
    }

    /** What Redis was not told that it holds. */
    synchronized Map<String, List<Claim>> untold() {
        Map<String, List<Claim>> calls = new HashMap<>(held);
        calls.keySet().retainAll(untold);
        return calls;
    }

    /**
     * Redis may hold them or not. What was not held before is given back, by the call's own end if it has ended; what was stays as
     * it was, since nobody uses more, and a Redis that lost its data must not be told more than was admitted.
     */
    synchronized void doubt(String id, List<Claim> claims) {
        List<Claim> nothing =
                claims.stream().map(it -> new Claim(it.account(), 0)).toList();
        List<Claim> before = held.get(id);
        if (before == null) {
            Ending back = new Ending(id, nothing.stream().map(Posting::of).toList(), List.of());
            ending.merge(id, back, (known, now) -> known.charges() ? known : now);
            return;
        }
        Map<String, Claim> all = new LinkedHashMap<>();
        nothing.forEach(it -> all.put(it.account().key(), it));
        before.forEach(it -> all.put(it.account().key(), it));
        held.put(id, List.copyOf(all.values()));
    }

    /** Empty for an id that holds nothing. */
    synchronized Optional<Ending> end(String id, List<Claim> charges) {
        untold.remove(id);
        List<Claim> before = held.remove(id);
        if (before == null) {
            return Optional.empty();
        }
        List<Posting> lines = Posting.over(
                before.stream().map(Posting::of).toList(),
                charges.stream().map(Posting::of).toList());
        Ending end = new Ending(id, lines, charges);
        ending.put(id, end);
        return Optional.of(end);
    }

    /** Once for each end. */
    void confirm(Ending end) {
        if (booked(end)) {
            confirmed.accept(end.id());
        }
    }

    private synchronized boolean booked(Ending end) {
        if (!ending.remove(end.id(), end)) {
            return false;
        }
        recent.addLast(new Recent(nanos.getAsLong(), end));
        forgetRecent();
        end.lines().stream()
                .filter(it -> it.amount() != 0)
                .forEach(it -> spent.merge(
                        it.key(), it, (a, b) -> new Posting(a.key(), a.ends(), Math.addExact(a.amount(), b.amount()))));
        return true;
    }

    synchronized List<Ending> endings() {
        return List.copyOf(ending.values());
    }

    /** Confirmed so lately that a Redis which was restarted may have them no more. */
    synchronized List<Ending> recent() {
        forgetRecent();
        return recent.stream().map(Recent::end).toList();
    }

    private void forgetRecent() {
        long since = nanos.getAsLong() - UNSAVED;
        while (!recent.isEmpty() && recent.getFirst().at() - since < 0) {
            over.add(recent.removeFirst().end().id());
        }
    }

    /** Confirmed so long ago that they are not told again. */
    synchronized List<String> settled() {
        forgetRecent();
        return List.copyOf(over);
    }

    /** Redis knows that these are not told again. */
    synchronized void forgotten(List<String> ids) {
        ids.forEach(over::remove);
    }

    synchronized List<Posting> spent() {
        return List.copyOf(spent.values());
    }

    synchronized Map<String, List<Claim>> held() {
        return Map.copyOf(held);
    }

    /** Empty for a call that has ended. */
    synchronized Optional<List<Claim>> held(String id) {
        return Optional.ofNullable(held.get(id));
    }

    synchronized void forget(Instant endedBefore) {
        spent.values().removeIf(it -> it.ends().isBefore(endedBefore));
    }
}
