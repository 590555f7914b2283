package dev.penstock.admit;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of request bodies that are held at once, over all requests of this instance. Thread-safe. */
final class InFlight {

    private final AtomicLong bytes = new AtomicLong();

    /** What one request holds; {@code limit} is that of the configuration which the request sees. */
    Lease lease(long limit) {
        return new Lease(limit);
    }

    long bytes() {
        return bytes.get();
    }

    /** One request's part. A cancel may give it back from another thread than the one that reads. */
    final class Lease {

        private final long limit;
        private long held;
        private boolean over;

        private Lease(long limit) {
            this.limit = limit;
        }

        /** Takes more; false when all requests together would hold too much. Takes nothing once given back. */
        synchronized boolean take(long more) {
            if (over) {
                return true;
            }
            if (bytes.addAndGet(more) > limit) {
                bytes.addAndGet(-more);
                return false;
            }
            held += more;
            return true;
        }

        /** Gives back what is above {@code needed}. */
        synchronized void shrinkTo(long needed) {
            if (!over && held > needed) {
                bytes.addAndGet(needed - held);
                held = needed;
            }
        }

        /** Gives all back; does nothing the second time. */
        synchronized void giveBack() {
            over = true;
            bytes.addAndGet(-held);
            held = 0;
        }
    }
}
