package dev.penstock.journal.embedded;

import dev.penstock.journal.JournalException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the writer, bounded by bytes. Many threads offer, without a lock; the writer's alone takes. What does not fit
 * stands in a second, shorter line for a while. A closing record always fits: its opening has been counted with it.
 */
final class Inbox {

    /** More than this is written at once. */
    private static final long LITTLE = 64 << 10;

    private final long limit;
    private final Duration patience;
    private final Duration linger;
    private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Waiting> line = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong lineBytes = new AtomicLong();
    private volatile @Nullable Thread parked;
    private volatile @Nullable Thread lingering;

    /** The writer is wanted at once, and has not looked since. */
    private volatile boolean urgent;

    /** The writer's own: it has waited before this batch. */
    private boolean lingered;

    /** The writer's own: its last look found nothing. */
    private boolean drained = true;

    /** {@code linger} is how long a record stays that the writer was not called to, so that it is forced together with others. */
    Inbox(long limit, Duration patience, Duration linger) {
        this.limit = limit;
        this.patience = patience;
        this.linger = linger;
    }

    void offer(Pending pending) {
        boolean mayPass = pending.closing() || line.isEmpty();
        if (mayPass && (bytes.addAndGet(pending.bytes()) <= limit || pending.closing())) {
            queue.add(pending);
        } else {
            if (mayPass) {
                bytes.addAndGet(-pending.bytes());
            }
            stand(pending);
        }
        if (pending.entry().awaited()) {
            ring(pending.entry().bell());
        } else {
            rouse();
        }
    }

    private void ring(Executor bell) {
        try {
            bell.execute(this::wake);
        } catch (RejectedExecutionException over) {
            wake();
        }
    }

    private void stand(Pending pending) {
        if (lineBytes.addAndGet(pending.bytes()) > limit / 2) {
            lineBytes.addAndGet(-pending.bytes());
            pending.fail(Reason.FULL, "journal's queue and the line before it are full (" + limit + " bytes wait)");
            return;
        }
        Waiting waiting = new Waiting(pending, new AtomicBoolean());
        line.add(waiting);
        CompletableFuture.delayedExecutor(patience.toNanos(), TimeUnit.NANOSECONDS)
                .execute(() -> tire(waiting));
    }

    private void tire(Waiting waiting) {
        if (waiting.taken().compareAndSet(false, true)) {
            line.remove(waiting);
            lineBytes.addAndGet(-waiting.pending().bytes());
            waiting.pending()
                    .fail(
                            Reason.FULL,
                            "journal's queue stayed full for " + patience.toMillis() + " ms (" + limit
                                    + " bytes wait)");
        }
    }

    /** The writer's. */
    @Nullable
    Pending poll() {
        advance();
        Pending next = queue.poll();
        drained = next == null;
        return next;
    }

    /** Fails all that is in it; any thread, once the writer takes no more. */
    void refuse(Reason reason, String message) {
        for (Pending pending = queue.poll(); pending != null; pending = queue.poll()) {
            left(pending);
            pending.fail(reason, message);
        }
        for (Waiting waiting = line.poll(); waiting != null; waiting = line.poll()) {
            if (waiting.taken().compareAndSet(false, true)) {
                lineBytes.addAndGet(-waiting.pending().bytes());
                waiting.pending().fail(reason, message);
            }
        }
    }

    /** The writer's: this one is durable or has failed. */
    void left(Pending pending) {
        bytes.addAndGet(-pending.bytes());
    }

    /** From the line into the queue, as far as there is room. */
    private void advance() {
        while (bytes.get() < limit) {
            Waiting first = line.poll();
            if (first == null) {
                return;
            }
            if (first.taken().compareAndSet(false, true)) {
                lineBytes.addAndGet(-first.pending().bytes());
                bytes.addAndGet(first.pending().bytes());
                queue.add(first.pending());
            }
        }
    }

    /** The writer's: returns when something is there, or after a while. */
    void await(long nanos) {
        linger();
        parked = Thread.currentThread();
        advance();
        if (!urgent && queue.isEmpty()) {
            LockSupport.parkNanos(this, nanos);
            lingered = false;
        }
        parked = null;
        // heard: a writer that cannot write now must not come back at once for it
        lingered |= urgent;
        urgent = false;
    }

    /** The writer's, before a batch: waits a little for company where it has not been called, and nothing is left of the batch before. */
    void gather() {
        if (drained && !lingered && !queue.isEmpty() && bytes.get() < LITTLE) {
            linger();
        }
        lingered = false;
        urgent = false;
    }

    /** Until it is called. */
    private void linger() {
        lingered = true;
        lingering = Thread.currentThread();
        if (!urgent) {
            LockSupport.parkNanos(this, linger.toNanos());
        }
        lingering = null;
    }

    void wake() {
        urgent = true;
        Thread writer = lingering;
        if (writer != null) {
            lingering = null;
            LockSupport.unpark(writer);
        }
        rouse();
    }

    /** Wakes the writer where it would not look by itself soon. */
    private void rouse() {
        Thread writer = parked;
        if (writer != null) {
            parked = null;
            LockSupport.unpark(writer);
        }
    }

    boolean isEmpty() {
        return queue.isEmpty() && line.isEmpty();
    }

    boolean standing() {
        return !line.isEmpty();
    }

    long bytes() {
        return bytes.get() + lineBytes.get();
    }

    /** In the line, until taken into the queue or tired of waiting. */
    private record Waiting(Pending pending, AtomicBoolean taken) {

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
