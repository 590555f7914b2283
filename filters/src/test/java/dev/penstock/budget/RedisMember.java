package dev.penstock.budget;

import dev.penstock.budget.Shared.Epoch;
import dev.penstock.budget.Shared.Pace;
import dev.penstock.store.Presence;
import dev.penstock.store.RedisConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One instance of several that share a Redis, whose beats come when a test says so. */
final class RedisMember {

    /** Renews and tells at each beat. */
    static final Pace PACE = new Pace(
            Duration.ofSeconds(5),
            Duration.ofMillis(10),
            Duration.ZERO,
            Duration.ofSeconds(60),
            Duration.ofHours(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2));

    private static final Account WATCHED = LedgerContract.account("watched", 100);
    private static final Duration WRONG = Duration.ofDays(4);

    private final AtomicLong ahead = new AtomicLong();

    final Queue<Account> changed = new ConcurrentLinkedQueue<>();
    final Books books;
    final RedisMoney money;
    final Shared shared;
    final RedisLedger ledger;
    final LedgerBeat beat;

    /** @param now Redis' clock, where the instance's own is days ahead of it */
    RedisMember(RedisConnection redis, String name, Supplier<Instant> now, Books books, Pace pace) {
        this(redis, name, now, books, pace, () -> List.of(WATCHED));
    }

    /** @param watched the accounts that it knows */
    RedisMember(
            RedisConnection redis,
            String name,
            Supplier<Instant> now,
            Books books,
            Pace pace,
            Supplier<List<Account>> watched) {
        this.books = books;
        money = new RedisMoney(redis, name, () -> Long.toString(now.get().toEpochMilli()));
        RedisClock clock = new RedisClock(Clock.fixed(now.get().plus(WRONG), ZoneOffset.UTC));
        shared = new Shared(money, books, new Presence("budgets", null), clock, new Epoch(), pace);
        ledger = new RedisLedger(shared, changed::add);
        beat = new LedgerBeat(shared, ledger, watched, () -> System.nanoTime() + ahead.get());
    }

    static RedisMember of(RedisConnection redis, String name, Supplier<Instant> now) {
        return new RedisMember(redis, name, now, new Books(ignored -> {}), PACE);
    }

    RedisMember beat() {
        beat.once().toFuture().join();
        return this;
    }

    /** Time passes here; not by Redis' clock. */
    RedisMember later(Duration time) {
        ahead.addAndGet(time.toNanos());
        return this;
    }

    /** Looks for so long that it gives up what nobody renews. */
    RedisMember sweep() {
        Duration half = shared.pace().unrenewed().dividedBy(2);
        return beat().later(half).beat().later(half).beat();
    }

    Decision hold(String id, Object... claims) {
        return ledger.hold(id, LedgerContract.claims(claims)).toFuture().join();
    }

    void settle(String id, Object... charges) {
        ledger.settle(id, LedgerContract.claims(charges)).toFuture().join();
    }

    Ledger.Standing standing(Account account) {
        return LedgerContract.standing(ledger, account);
    }
}
