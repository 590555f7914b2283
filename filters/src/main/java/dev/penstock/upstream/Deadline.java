package dev.penstock.upstream;

import dev.penstock.exchange.Attempt.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The limits of one attempt: first byte, silence after it, total. One timer task, re-armed when it finds that there was life
 * in the meantime, so that an event costs one write and no timer. Thread-safe.
 */
final class Deadline {

    private final Time time;
    private final Sinks.Empty<Object> passed = Sinks.empty();
    private final Reason whole;
    private final Duration idle;
    private final long totalEnd;
    private volatile long silenceEnd;
    private volatile Reason silence = Reason.FIRST_BYTE_TIMEOUT;
    private volatile boolean over;
    private volatile @Nullable Expired why;
    private volatile @Nullable Disposable task;

    private Deadline(Time time, ProviderConfig.TimeoutConfig limits, Duration total) {
        this.time = time;
        this.whole = total.compareTo(limits.total()) < 0 ? Reason.REQUEST_TIMEOUT : Reason.TOTAL_TIMEOUT;
        this.idle = limits.idle();
        long now = now();
        this.totalEnd = now + total.toNanos();
        this.silenceEnd = now + limits.firstByte().toNanos();
    }

    /** Starts the clock of an attempt; {@code total} is the shorter of the provider's and what is left of the request's. */
    static Deadline start(Time time, ProviderConfig.TimeoutConfig limits, Duration total) {
        Deadline deadline = new Deadline(time, limits, total);
        deadline.arm();
        return deadline;
    }

    /** {@code source}, cancelled and failed with {@link Expired} when a limit passes. */
    <T> Mono<T> limit(Mono<T> source) {
        return source.takeUntilOther(passed.asMono()).switchIfEmpty(Mono.defer(this::verdict));
    }

    /** {@code source}, cancelled and failed with {@link Expired} when a limit passes. */
    <T> Flux<T> limit(Flux<T> source) {
        return source.takeUntilOther(passed.asMono()).concatWith(Mono.defer(this::verdict));
    }

    /** An error of the other source would not cancel the first: so it completes, and the error is told after it. */
    private <T> Mono<T> verdict() {
        Expired expired = why;
        return expired == null ? Mono.empty() : Mono.error(expired);
    }

    private void pass(Reason reason) {
        why = new Expired(reason);
        passed.tryEmitEmpty();
    }

    /** Something arrived; the first time, the timer is set anew, for silence may now be shorter than it was. */
    void life() {
        silenceEnd = now() + idle.toNanos();
        Reason before = silence;
        if (before != Reason.IDLE_TIMEOUT) {
            silence = Reason.IDLE_TIMEOUT;
        }
        if (before == Reason.FIRST_BYTE_TIMEOUT) {
            cancelTask();
            arm();
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

    private void arm() {
        long delay = Math.max(0, Math.min(silenceEnd, totalEnd) - now());
        task = time.limits().schedule(this::check, delay, TimeUnit.NANOSECONDS);
        if (over) {
            cancelTask();
        }
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
            arm();
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

    /** A limit passed. */
    static final class Expired extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Reason reason;

        Expired(Reason reason) {
            super(reason.wire(), null, false, false);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }
}
