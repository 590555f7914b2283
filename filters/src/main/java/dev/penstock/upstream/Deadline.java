package dev.penstock.upstream;

import dev.penstock.exchange.Attempt.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * The limits of one attempt: first byte, silence after it, total. One timer task, re-armed when it finds that there was life
 * in the meantime, so that an event costs one write and no timer. Thread-safe.
 */
final class Deadline {

    private final Time time;
    private final Reason whole;
    private final Duration idle;
    private final long began;
    private final long totalEnd;
    private volatile long silenceEnd;
    private volatile long armedFor;
    private volatile Reason silence = Reason.FIRST_BYTE_TIMEOUT;
    private volatile boolean over;
    private volatile @Nullable Expired why;
    private volatile @Nullable Hurried watch;
    private volatile @Nullable Disposable task;

    private Deadline(Time time, ProviderConfig.TimeoutConfig limits, Duration total) {
        this.time = time;
        this.whole = total.compareTo(limits.total()) < 0 ? Reason.REQUEST_TIMEOUT : Reason.TOTAL_TIMEOUT;
        this.idle = limits.idle();
        this.began = now();
        this.totalEnd = began + total.toNanos();
        this.silenceEnd = began + limits.firstByte().toNanos();
    }

    /** Starts the clock of an attempt; {@code total} is the shorter of the provider's and what is left of the request's. */
    static Deadline start(Time time, ProviderConfig.TimeoutConfig limits, Duration total) {
        Deadline deadline = new Deadline(time, limits, total);
        deadline.arm(deadline.began);
        return deadline;
    }

    /** From now on {@code next} is told, and no other; at once where a limit has passed. */
    void watch(Hurried next) {
        watch = next;
        Expired expired = why;
        if (expired != null) {
            next.passed(expired);
        }
    }

    private void pass(Reason reason) {
        Expired expired = new Expired(reason);
        why = expired;
        Hurried told = watch;
        if (told != null) {
            told.passed(expired);
        }
    }

    /** Something arrived; the first time, the timer is set anew where silence is now shorter than it was. */
    void life() {
        long now = now();
        silenceEnd = now + idle.toNanos();
        Reason before = silence;
        if (before != Reason.IDLE_TIMEOUT) {
            silence = Reason.IDLE_TIMEOUT;
        }
        if (before == Reason.FIRST_BYTE_TIMEOUT && end() - armedFor < 0) {
            cancelTask();
            arm(now);
        }
    }

    /** Nothing is asked of the provider, since the caller takes nothing: from now on the silence is the caller's. */
    void callerPauses() {
        silenceEnd = now() + idle.toNanos();
        silence = Reason.CALLER_STALLED;
    }

    void stop() {
        over = true;
        cancelTask();
    }

    private void arm(long now) {
        long end = end();
        armedFor = end;
        long delay = Math.max(0, end - now);
        task = time.limits().schedule(this::check, delay, TimeUnit.NANOSECONDS);
        if (over) {
            cancelTask();
        }
    }

    private long end() {
        return Math.min(silenceEnd, totalEnd);
    }

    private void check() {
        long now = now();
        if (over) {
            return;
        }
        if (now - totalEnd >= 0) {
            pass(whole);
        } else if (now - silenceEnd >= 0) {
            pass(silence);
        } else {
            arm(now);
        }
    }

    private void cancelTask() {
        Disposable current = task;
        if (current != null) {
            current.dispose();
        }
    }

    private long now() {
        return time.nanos().getAsLong();
    }
}
