package dev.penstock.budget;

import dev.penstock.store.Presence;
import dev.penstock.store.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** What a ledger in Redis and its beat have in common. */
record Shared(RedisMoney money, Books books, Presence presence, RedisClock clock, Epoch epoch, Pace pace) {

    /** Why nothing is held although Redis answers. */
    static final String CLOSED = "Redis has lost its data, and not every instance has told its own yet";

    /**
     * @param every while all is well
     * @param again while Redis is away, or has lost its data
     * @param touch how often leases are renewed
     * @param lease of what a call holds; several touches long
     * @param silent after which a Redis that has lost its data is not kept closed for an instance; long, since one that was
     *     paused still knows what it spent, and the wait has an end of its own
     * @param grace how long budgets stay closed at most while instances tell a Redis that has lost its data
     * @param patience with one answer
     */
    record Pace(
            Duration every,
            Duration again,
            Duration touch,
            Duration lease,
            Duration silent,
            Duration grace,
            Duration patience) {

        static final Pace USUAL = new Pace(
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofMillis(250));

        /** After which what was past all the time is renewed by nobody: a touch may be due just after a beat. */
        Duration unrenewed() {
            return touch.plus(every.multipliedBy(2));
        }
    }

    /** The life of Redis' data that this instance has told its own to; empty before the first. */
    static final class Epoch {

        private volatile String id = "";
        private volatile boolean wanted = true;
        private volatile boolean telling;
        private final AtomicInteger doubts = new AtomicInteger();

        String id() {
            return id;
        }

        /** How often there was reason for doubt so far. */
        int doubts() {
            return doubts.get();
        }

        /** @param seen reasons for doubt when the look at it began: another since then stands */
        synchronized void is(String now, int seen) {
            id = now;
            wanted = doubts.get() != seen;
        }

        /** Redis may have lost its data: nothing is held until it has been looked at. */
        synchronized void doubt() {
            doubts.incrementAndGet();
            wanted = true;
        }

        void telling(boolean now) {
            telling = now;
        }

        /** What ends meanwhile is told when all is: the sums that Redis is told must not be older than what it counts. */
        boolean isTelling() {
            return telling;
        }

        boolean doubted() {
            return wanted;
        }

        /** It was known, and may be another by now. */
        boolean lost() {
            return wanted && !id.isEmpty();
        }
    }

    /** Nothing is held: Redis does not answer, or has to be looked at first. */
    boolean isAway() {
        return presence.isAway() || epoch.lost();
    }

    /** Waits no longer than it may; a caller who has gone does not take back what was asked. */
    static <T> Mono<T> ask(Supplier<CompletableFuture<T>> asked, Duration patience) {
        return Reply.within(patience, Reply.to(asked));
    }
}
