package dev.penstock.credential;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One secret in a ring. Thread-safe: all of it is guarded by itself. */
final class Slot {

    /** How long a new key is on trial, and how far its refusals are counted back. */
    static final long TRIAL_NANOS = Duration.ofSeconds(60).toNanos();

    private static final long LONGEST_DRAIN_NANOS = Duration.ofMinutes(15).toNanos();

    /** More than one in twenty. */
    private static final int SHARE = 20;

    private final Credential credential;
    private final String label;
    private KeyState state = KeyState.ACTIVE;
    private long since;
    private int inFlight;
    private int attempts;
    private int refused;
    private boolean failed;
    private boolean cameBack;
    private KeyRing.Rest why = KeyRing.Rest.RATE;
    private boolean rests;
    private long until;

    /** The one whose place it took; what it goes back to while it is on trial. */
    private @Nullable Slot before;

    /** It goes back to that only where no other is left. */
    private boolean stoodIn;

    Slot(Credential credential, long now) {
        this.credential = credential;
        this.label = credential.label();
        this.since = now;
    }

    Credential credential() {
        return credential;
    }

    String label() {
        return label;
    }

    synchronized KeyState state() {
        return state;
    }

    synchronized KeyRing.Standing standing(long now) {
        return new KeyRing.Standing(
                credential.id(), credential.fingerprint(), state, inFlight, Duration.ofNanos(left(now)));
    }

    synchronized KeyRing.Rest why() {
        return why;
    }

    synchronized void become(KeyState next, long now) {
        state = next;
        since = now;
        attempts = 0;
        refused = 0;
        if (next == KeyState.ACTIVE) {
            rests = false;
        }
    }

    /** Given up: it is not taken in again unless somebody says that it may. */
    synchronized void fail(long now) {
        become(KeyState.DRAINING, now);
        failed = true;
    }

    synchronized boolean failed() {
        return failed;
    }

    /** The one that came back for it, where it failed. */
    synchronized @Nullable Slot forgive() {
        Slot old = failed ? before : null;
        failed = false;
        return old;
    }

    /** What it came back for is good again. */
    synchronized void mayGo() {
        cameBack = false;
    }

    synchronized void comeBack(long now) {
        become(KeyState.ACTIVE, now);
        cameBack = true;
    }

    /**
     * Somebody says that it is to be active.
     *
     * @param old what it goes back to where it was not, and whether that only stood in
     * @return whether it is
     */
    synchronized boolean wanted(long now, @Nullable Slot old, boolean standIn) {
        if (state != KeyState.ACTIVE && !failed) {
            become(KeyState.ACTIVE, now);
            takesThePlaceOf(old, standIn);
        }
        cameBack = false;
        return !failed;
    }

    synchronized boolean mayDrain(long now) {
        return state == KeyState.ACTIVE && (!cameBack || now - since > TRIAL_NANOS);
    }

    synchronized void takesThePlaceOf(@Nullable Slot old, boolean standIn) {
        before = old;
        stoodIn = standIn;
    }

    synchronized boolean hadStandIn() {
        return stoodIn;
    }

    /** Whether it rests since the provider refused it. */
    synchronized boolean isRefused(long now) {
        return left(now) > 0 && why == KeyRing.Rest.REFUSED;
    }

    synchronized @Nullable Slot before(long now) {
        return now - since <= TRIAL_NANOS ? before : null;
    }

    synchronized boolean usable(long now) {
        return state == KeyState.ACTIVE && left(now) == 0;
    }

    synchronized void rest(KeyRing.Rest reason, long to) {
        if (rests && until - to >= 0) {
            return;
        }
        rests = true;
        why = reason;
        until = to;
    }

    synchronized long left(long now) {
        rests = rests && until - now > 0;
        return rests ? until - now : 0;
    }

    synchronized void leaves() {
        inFlight++;
    }

    /** Whether it is refused too often for one on trial. */
    synchronized boolean back(boolean wasRefused) {
        inFlight--;
        attempts++;
        refused += wasRefused ? 1 : 0;
        return state == KeyState.ACTIVE && refused * SHARE > attempts;
    }

    /** Whether it can go: none of its requests runs and nobody may need it back, or it has had its time. */
    synchronized boolean isDrained(long now) {
        long time = now - since;
        return state == KeyState.DRAINING && (time >= LONGEST_DRAIN_NANOS || inFlight == 0 && time > TRIAL_NANOS);
    }
}
