package dev.penstock.credential;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A provider's keys, taken in turn; those that rest are passed over. A key that takes another's place is on trial for a minute: is
 * more than one in twenty of its requests refused, the one before comes back. Thread-safe.
 */
public final class KeyRing {

    /** Why a key rests. */
    public enum Rest {
        /** The provider throttled it. */
        RATE,
        /** The provider refused it. */
        REFUSED
    }

    /** A key as it stands; {@code rests} is zero for one that does not. */
    public record Standing(String id, String fingerprint, KeyState state, int inFlight, Duration rests) {}

    /** Told when a key was given up for the one before it. */
    @FunctionalInterface
    public interface RolledBack {

        void told(Credential failed, Credential back);
    }

    private final List<Slot> slots = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final LongSupplier nanos;
    private volatile @Nullable RolledBack listener;

    /** {@code nanos} is a clock that only moves forward, in nanoseconds. */
    public KeyRing(List<Credential> credentials, LongSupplier nanos) {
        this.nanos = nanos;
        long now = nanos.getAsLong();
        credentials.forEach(credential -> slots.add(new Slot(credential, now)));
    }

    public void onRollBack(RolledBack told) {
        listener = told;
    }

    /** How many may yet be asked, those included that are being replaced: a failing new one goes back to them. */
    public int size() {
        return slots.size();
    }

    /** The next key that does not rest. */
    public Optional<Credential> next() {
        long now = nanos.getAsLong();
        int first = turn.getAndIncrement();
        int count = slots.size();
        for (int i = 0; i < count; i++) {
            Slot slot = slotAt(Math.floorMod(first + i, count));
            if (slot != null && slot.usable(now)) {
                return Optional.of(slot.credential());
            }
        }
        return Optional.empty();
    }

    /** One may be gone between the count and the look. */
    private @Nullable Slot slotAt(int index) {
        try {
            return slots.get(index);
        } catch (IndexOutOfBoundsException gone) {
            return null;
        }
    }

    /** A request leaves with this key; {@link #back} is told once for each. */
    public void leaves(Credential credential) {
        Slot slot = slot(credential);
        if (slot != null) {
            slot.leaves();
        }
    }

    /** @param refused whether the provider refused the key */
    public void back(Credential credential, boolean refused) {
        Slot slot = slot(credential);
        if (slot != null && slot.back(refused)) {
            rollBack(slot);
        }
    }

    private synchronized void rollBack(Slot failed) {
        long now = nanos.getAsLong();
        Slot old = failed.before(now);
        if (old == null || failed.state() != KeyState.ACTIVE || !slots.contains(old)) {
            return;
        }
        old.comeBack(now);
        failed.fail(now);
        RolledBack told = listener;
        if (told != null) {
            told.told(failed.credential(), old.credential());
        }
    }

    /**
     * Takes a key in, but for one that failed and was given up. What came back for it is not drained for a minute: whoever says so
     * has not heard of it yet.
     *
     * @param replaces the id of the one that drains from now on; empty for none
     */
    public synchronized void activate(Credential credential, String replaces) {
        long now = nanos.getAsLong();
        Slot known = slot(credential);
        if (known != null) {
            known.wanted(now);
            return;
        }
        Slot next = new Slot(credential, now);
        slots.stream()
                .filter(slot -> slot.credential().id().equals(replaces) && slot.state() == KeyState.ACTIVE)
                .findFirst()
                .ifPresent(next::takesThePlaceOf);
        // both are there for a moment: between them no request finds none
        slots.add(next);
        drain(slot -> slot != next && slot.credential().id().equals(replaces));
    }

    /** It may be activated although it failed. */
    public void tryAgain(Credential credential) {
        Slot slot = slot(credential);
        if (slot != null) {
            slot.forgive();
        }
    }

    /** Takes all active keys out of which {@code which} holds; their requests run to their end. */
    public synchronized void drainAll(Predicate<Credential> which) {
        drain(slot -> which.test(slot.credential()));
    }

    private void drain(Predicate<Slot> which) {
        long now = nanos.getAsLong();
        slots.stream()
                .filter(slot -> slot.mayDrain(now) && which.test(slot))
                .forEach(slot -> slot.become(KeyState.DRAINING, now));
    }

    /** Lets go of keys that are drained; to be called now and then. */
    public synchronized void settle() {
        long now = nanos.getAsLong();
        slots.removeIf(slot -> slot.isDrained(now));
    }

    public List<Standing> standings() {
        long now = nanos.getAsLong();
        return slots.stream()
                .map(slot -> new Standing(
                        slot.credential().id(),
                        slot.credential().fingerprint(),
                        slot.state(),
                        slot.inFlight(),
                        Duration.ofNanos(slot.left(now))))
                .toList();
    }

    /** Takes a key out of the pool for {@code time}; a longer rest that it already has stays. */
    public void rest(Credential credential, Rest why, Duration time) {
        rest(credential.label(), why, time);
    }

    /** The same by a key's label, for what another instance found out. */
    public void rest(String label, Rest why, Duration time) {
        long until = nanos.getAsLong() + time.toNanos();
        for (Slot slot : slots) {
            if (slot.label().equals(label)) {
                slot.rest(why, until);
            }
        }
    }

    /** Of all keys, those included that are being replaced. */
    public List<String> secrets() {
        return slots.stream().map(slot -> slot.credential().secret()).toList();
    }

    /** Of all keys. */
    public List<String> labels() {
        return slots.stream().map(Slot::label).toList();
    }

    /** Whether throttling is what keeps every key out of the pool. */
    public boolean throttled() {
        List<Slot> active = activeSlots();
        return !active.isEmpty() && active.stream().allMatch(slot -> slot.why() == Rest.RATE);
    }

    /** Until the first key comes back; zero when one is usable or there is none. */
    public Duration soonest() {
        long now = nanos.getAsLong();
        return activeSlots().stream()
                .map(slot -> Duration.ofNanos(slot.left(now)))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private List<Slot> activeSlots() {
        return slots.stream().filter(slot -> slot.state() == KeyState.ACTIVE).toList();
    }

    /** Those that are taken for new requests, the resting ones included. */
    public List<Credential> active() {
        return activeSlots().stream().map(Slot::credential).toList();
    }

    private @Nullable Slot slot(Credential credential) {
        for (Slot slot : slots) {
            if (slot.credential() == credential || slot.credential().equals(credential)) {
                return slot;
            }
        }
        return null;
    }
}
