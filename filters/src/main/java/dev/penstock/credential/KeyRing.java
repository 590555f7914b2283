package dev.penstock.credential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** A provider's keys, taken in turn; those that rest are passed over. Thread-safe. */
public final class KeyRing {

    /** Why a key rests. */
    public enum Rest {
        /** The provider throttled it. */
        RATE,
        /** The provider refused it. */
        REFUSED
    }

    private final List<Slot> slots = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final LongSupplier nanos;

    /** {@code nanos} is a clock that only moves forward, in nanoseconds. */
    public KeyRing(List<Credential> credentials, LongSupplier nanos) {
        this.nanos = nanos;
        credentials.forEach(credential -> slots.add(new Slot(credential)));
    }

    public int size() {
        return slots.size();
    }

    /** The next key that does not rest. */
    public Optional<Credential> next() {
        long now = nanos.getAsLong();
        int first = turn.getAndIncrement();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(Math.floorMod(first + i, slots.size()));
            if (slot.usable(now)) {
                return Optional.of(slot.credential);
            }
        }
        return Optional.empty();
    }

    /** Takes a key out of the pool for {@code time}; a longer rest that it already has stays. */
    public void rest(Credential credential, Rest why, Duration time) {
        rest(credential.id(), why, time);
    }

    /** The same by a key's id, for what another instance found out. */
    public void rest(String id, Rest why, Duration time) {
        long until = nanos.getAsLong() + time.toNanos();
        for (Slot slot : slots) {
            if (slot.credential.id().equals(id)) {
                slot.rest(why, until);
            }
        }
    }

    public List<String> ids() {
        return slots.stream().map(slot -> slot.credential.id()).toList();
    }

    /** Whether throttling is what keeps every key out of the pool. */
    public boolean throttled() {
        return !slots.isEmpty() && slots.stream().allMatch(slot -> slot.why == Rest.RATE);
    }

    /** Until the first key comes back; zero when one is usable or there is none. */
    public Duration soonest() {
        long now = nanos.getAsLong();
        return slots.stream()
                .map(slot -> Duration.ofNanos(Math.max(0, slot.left(now))))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static final class Slot {

        private final Credential credential;
        private Rest why = Rest.RATE;
        private boolean rests;
        private long until;

        Slot(Credential credential) {
            this.credential = credential;
        }

        synchronized boolean usable(long now) {
            rests = rests && until - now > 0;
            return !rests;
        }

        synchronized void rest(Rest reason, long to) {
            if (rests && until - to >= 0) {
                return;
            }
            rests = true;
            why = reason;
            until = to;
        }

        synchronized long left(long now) {
            return rests ? until - now : 0;
        }
    }
}
