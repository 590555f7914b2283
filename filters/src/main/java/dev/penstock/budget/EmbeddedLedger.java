package dev.penstock.budget;

import dev.penstock.budget.Decision.Denied;
import dev.penstock.budget.Decision.Held;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** The ledger of one instance, in memory. One lock: what it guards is a few additions. */
final class EmbeddedLedger implements Ledger {

    /** A window is kept so long after its end, for calls that began in it. */
    private static final Duration KEPT = Duration.ofHours(48);

    private final Clock clock;
    private final Consumer<Account> changed;
    private final Map<String, Book> books = new HashMap<>();
    private final Map<String, Map<String, Long>> holdings = new HashMap<>();
    private Instant swept = Instant.EPOCH;

    /** {@code changed} is told of each account that was charged, outside the lock. */
    EmbeddedLedger(Clock clock, Consumer<Account> changed) {
        this.clock = clock;
        this.changed = changed;
    }

    /** What is counted of one account in one window. */
    private static final class Book {

        private final Instant ends;
        private long spent;
        private long held;

        private Book(Instant ends) {
            this.ends = ends;
        }
    }

    /** Begins with what was spent before this start. */
    synchronized void begin(String key, Instant ends, long spent) {
        books.computeIfAbsent(key, ignored -> new Book(ends)).spent = spent;
    }

    @Override
    public Mono<Decision> hold(String id, List<Claim> claims) {
        return Mono.fromSupplier(() -> held(id, claims));
    }

    private synchronized Decision held(String id, List<Claim> claims) {
        sweep();
        Map<String, Long> before = holdings.getOrDefault(id, Map.of());
        Denied first = null;
        for (Claim claim : claims) {
            Book book = book(claim.account());
            long others = book.held - before.getOrDefault(claim.account().key(), 0L);
            long left = claim.account().limit() - book.spent - others;
            if (claim.amount() > left) {
                Denied denied = new Denied(claim.account(), book.spent, others, claim.amount());
                if (denied.exhausted()) {
                    return denied;
                }
                first = first == null ? denied : first;
            }
        }
        if (first != null) {
            return first;
        }
        release(before);
        Map<String, Long> now = new LinkedHashMap<>();
        claims.forEach(claim -> {
            now.put(claim.account().key(), claim.amount());
            Book book = book(claim.account());
            book.held = Math.addExact(book.held, claim.amount());
        });
        holdings.put(id, now);
        return new Held();
    }

    @Override
    public Mono<Void> settle(String id, List<Claim> charges) {
        return Mono.fromRunnable(() -> {
            if (charged(id, charges)) {
                charges.forEach(charge -> changed.accept(charge.account()));
            }
        });
    }

    private synchronized boolean charged(String id, List<Claim> charges) {
        Map<String, Long> before = holdings.remove(id);
        if (before == null) {
            return false;
        }
        release(before);
        charges.forEach(charge -> {
            Book book = book(charge.account());
            book.spent = Math.addExact(book.spent, charge.amount());
        });
        return true;
    }

    private void release(Map<String, Long> amounts) {
        amounts.forEach((key, amount) -> {
            Book book = books.get(key);
            if (book != null) {
                book.held -= amount;
            }
        });
    }

    private Book book(Account account) {
        return books.computeIfAbsent(account.key(), key -> new Book(account.ends()));
    }

    private void sweep() {
        Instant now = clock.instant();
        if (now.isAfter(swept.plus(Duration.ofHours(1)))) {
            swept = now;
            books.values()
                    .removeIf(book -> book.held == 0 && book.ends.plus(KEPT).isBefore(now));
        }
    }

    @Override
    public synchronized Standing standing(Account account) {
        Book book = books.get(account.key());
        return book == null ? new Standing(0, 0) : new Standing(book.spent, book.held);
    }
}
