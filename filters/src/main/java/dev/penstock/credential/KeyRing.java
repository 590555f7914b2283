package dev.penstock.credential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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

    private final Slots slots;
    private final AtomicInteger turn = new AtomicInteger();
    private final LongSupplier nanos;
    private volatile @Nullable RolledBack listener;

    /** Of the next configuration. What drains there does so here, too: requests that began before take what took its place. */
    private volatile @Nullable KeyRing later;

    /** Those in use under the configuration before that this one does not name; a register may. */
    private List<Slot> former = List.of();

    /** {@code nanos} is a clock that only moves forward, in nanoseconds. */
    public KeyRing(List<Credential> credentials, LongSupplier nanos) {
        this(new Slots().successor(credentials, nanos.getAsLong()), nanos);
    }

    private KeyRing(Slots slots, LongSupplier nanos) {
        this.slots = slots;
        this.nanos = nanos;
    }

    /**
     * The ring of the same provider under its next configuration. How a key stands that both have in use, its requests and its trial
     * are the same in both; those that drain here drain there, too, since a failing one goes back to them.
     *
     * @param choice what the next one has in use, given what this one has
     */
    public synchronized KeyRing successor(UnaryOperator<List<Credential>> choice) {
        KeyRing next = new KeyRing(slots.successor(choice.apply(active()), nanos.getAsLong()), nanos);
        next.listener = listener;
        next.former = slots.active();
        later = next;
        return next;
    }

    public void onRollBack(RolledBack told) {
        listener = told;
    }

    /** How many may yet be asked, those included that are being replaced: a failing new one goes back to them. */
    public int size() {
        return slots.all().size();
    }

    /** The next key that does not rest. */
    public Optional<Credential> next() {
        long now = nanos.getAsLong();
        int first = turn.getAndIncrement();
        int count = slots.all().size();
        for (int i = 0; i < count; i++) {
            Slot slot = slots.at(Math.floorMod(first + i, count));
            if (slot != null && slot.usable(now)) {
                return Optional.of(slot.credential());
            }
        }
        KeyRing next = later;
        return next == null ? Optional.empty() : next.next();
    }

    /** A request leaves with this key; {@link #back} is told once for each. */
    public void leaves(Credential credential) {
        Slot slot = slots.of(credential);
        KeyRing next = later;
        if (slot != null) {
            slot.leaves();
        } else if (next != null) {
            next.leaves(credential);
        }
    }

    /** @param refused whether the provider refused the key */
    public void back(Credential credential, boolean refused) {
        Slot slot = slots.of(credential);
        KeyRing next = later;
        if (slot != null && slot.back(refused)) {
            rollBack(slot);
        } else if (slot == null && next != null) {
            next.back(credential, refused);
        }
    }

    private synchronized void rollBack(Slot failed) {
        long now = nanos.getAsLong();
        Slot back = slots.instead(failed, slot -> !slot.failed(), now);
        KeyRing next = later;
        if (back == null || failed.state() != KeyState.ACTIVE || next != null && !next.spares(failed, back)) {
            return;
        }
        slots.giveUp(failed, back, now);
        RolledBack told = listener;
        if (told != null) {
            told.told(failed.credential(), back.credential());
        }
    }

    /** Whether the ring before may give it up: how keys stand is the same here, where another has to be left. */
    private synchronized boolean spares(Slot failed, Slot back) {
        KeyRing next = later;
        return slots.spares(failed, back) && (next == null || next.spares(failed, back));
    }

    /** The same for one that takes at most one other's place; {@code replaces} is its id, empty for none. */
    public void activate(Credential credential, String replaces) {
        activate(credential, old -> old.id().equals(replaces), false);
    }

    /**
     * The same for one that was just found good, and may have come after one that failed.
     *
     * @param standIns drain from now on; one of them comes back should it fail and no other good one be left
     */
    public synchronized void activate(Credential credential, Predicate<Credential> standIns) {
        slots.mayGo(old -> old.id().equals(credential.id()) || standIns.test(old));
        activate(credential, standIns, true);
    }

    /**
     * Takes a key in, but for one that failed and was given up. What came back for it is not drained for a minute: whoever says so
     * has not heard of it yet.
     *
     * @param replaces those that drain from now on, beside the others of the same id; of all these one comes back should it fail
     */
    private synchronized void activate(Credential credential, Predicate<Credential> replaces, boolean standIns) {
        long now = nanos.getAsLong();
        Slot known = slots.of(credential);
        Predicate<Slot> own = slot -> slot != known && slot.credential().id().equals(credential.id());
        Predicate<Slot> all = own.or(slot -> slot != known && replaces.test(slot.credential()));
        Slot sameId = slots.active(own);
        Slot old = sameId == null ? slots.active(all) : sameId;
        boolean standIn = standIns && sameId == null;
        if (known == null) {
            Slot next = made(credential, old, standIn, now);
            // both are there for a moment: between them no request finds none
            slots.all().add(next);
            drain(slot -> slot != next && all.test(slot));
            return;
        }
        boolean again = known.state() != KeyState.ACTIVE;
        if (known.wanted(now, old, standIn)) {
            drain(again ? all : own);
        }
    }

    private Slot made(Credential credential, @Nullable Slot old, boolean standIn, long now) {
        for (Slot slot : former) {
            if (slot.credential().equals(credential) && slot.state() == KeyState.ACTIVE) {
                return slot;
            }
        }
        Slot next = new Slot(credential, now);
        next.takesThePlaceOf(old, standIn);
        return next;
    }

    /** Of those that failed, these may be activated all the same. */
    public synchronized void tryAgain(Predicate<Credential> which) {
        slots.all().stream()
                .filter(slot -> which.test(slot.credential()))
                .map(Slot::forgive)
                .filter(Objects::nonNull)
                .forEach(Slot::mayGo);
    }

    /**
     * Takes those out that failed elsewhere, or before the start: for the one whose place they took, or where another is left.
     *
     * @return those that stay, as there is nothing better
     */
    public synchronized List<Credential> giveUp(Predicate<Credential> which) {
        long now = nanos.getAsLong();
        List<Credential> stay = new ArrayList<>();
        for (Slot failed : slots.active()) {
            if (which.test(failed.credential()) && !isGivenUp(failed, which, now)) {
                stay.add(failed.credential());
            }
        }
        return stay;
    }

    private boolean isGivenUp(Slot failed, Predicate<Credential> which, long now) {
        Predicate<Slot> good = slot -> !which.test(slot.credential());
        Slot old = slots.instead(failed, good, now);
        Slot another = old == null ? slots.active(good) : old;
        if (another != null) {
            slots.giveUp(failed, another, now);
        }
        return another != null;
    }

    /** Takes all active keys out of which {@code which} holds; their requests run to their end. */
    public synchronized void drainAll(Predicate<Credential> which) {
        drain(slot -> which.test(slot.credential()));
    }

    private void drain(Predicate<Slot> which) {
        long now = nanos.getAsLong();
        slots.all().stream()
                .filter(slot -> slot.mayDrain(now) && which.test(slot))
                .forEach(slot -> slot.become(KeyState.DRAINING, now));
    }

    /** Lets go of keys that are drained; to be called now and then. */
    public synchronized void settle() {
        long now = nanos.getAsLong();
        slots.all().removeIf(slot -> slot.isDrained(now));
        former = List.of();
    }

    public List<Standing> standings() {
        long now = nanos.getAsLong();
        return slots.all().stream().map(slot -> slot.standing(now)).toList();
    }

    /** Takes a key out of the pool for {@code time}; a longer rest that it already has stays. */
    public void rest(Credential credential, Rest why, Duration time) {
        rest(credential.label(), why, time);
    }

    /** The same by a key's label, for what another instance found out. */
    public void rest(String label, Rest why, Duration time) {
        long until = nanos.getAsLong() + time.toNanos();
        for (Slot slot : slots.all()) {
            if (slot.label().equals(label)) {
                slot.rest(why, until);
            }
        }
        KeyRing next = later;
        if (next != null) {
            next.rest(label, why, time);
        }
    }

    /** Of all keys, those included that are being replaced. */
    public List<String> secrets() {
        return slots.all().stream().map(slot -> slot.credential().secret()).toList();
    }

    /** Of all keys. */
    public List<String> labels() {
        return slots.all().stream().map(Slot::label).toList();
    }

    /** Whether throttling is what keeps every key out of the pool. */
    public boolean throttled() {
        List<Slot> active = slots.active();
        return !active.isEmpty() && active.stream().allMatch(slot -> slot.why() == Rest.RATE);
    }

    /** Until the first key comes back; zero when one is usable or there is none. */
    public Duration soonest() {
        long now = nanos.getAsLong();
        return slots.active().stream()
                .map(slot -> Duration.ofNanos(slot.left(now)))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Those that are taken for new requests, the resting ones included. */
    public List<Credential> active() {
        return slots.active().stream().map(Slot::credential).toList();
    }
}
