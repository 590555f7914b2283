package dev.penstock.budget;

import dev.penstock.budget.Decision.Denied;
import dev.penstock.budget.Decision.Held;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The ledger of one instance, in memory. One lock: what it guards is a few additions. */
final class EmbeddedLedger implements Ledger {

    /** A window is kept so long after its end, for calls that began in it. */
    private static final Duration SWEEP = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedLedger.class);
    private static final Held HELD = new Held();

    private final Clock clock;
    private final Consumer<Account> changed;
    private final Map<String, Book> books = new HashMap<>();
    private final Map<String, List<Claim>> holdings = new HashMap<>();
    private Instant nextSweep = Instant.EPOCH;

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
        return Mono.fromSupplier(() -> holdHere(id, claims));
    }

    @Override
    public synchronized Decision holdHere(String id, List<Claim> claims) {
        sweep();
        List<Claim> before = holdings.getOrDefault(id, List.of());
        Denied first = null;
        for (int i = 0; i < claims.size(); i++) {
            Denied denied = denied(claims.get(i), before);
            if (denied != null && denied.exhausted()) {
                return denied;
            }
            first = first == null ? denied : first;
        }
        if (first != null) {
            return first;
        }
        release(before);
        for (int i = 0; i < claims.size(); i++) {
            Book book = book(claims.get(i).account());
            book.held = Math.addExact(book.held, claims.get(i).amount());
        }
        holdings.put(id, claims);
        return HELD;
    }

    private @Nullable Denied denied(Claim claim, List<Claim> before) {
        Book book = book(claim.account());
        long own = amount(claim.account(), before);
        long others = book.held - own;
        long left = claim.account().limit() - book.spent - others;
        return claim.amount() > own && claim.amount() > left
                ? new Denied(claim.account(), book.spent, others, claim.amount())
                : null;
    }

    private static long amount(Account account, List<Claim> claims) {
        for (int i = 0; i < claims.size(); i++) {
            if (claims.get(i).account().key().equals(account.key())) {
                return claims.get(i).amount();
            }
        }
        return 0;
    }

    @Override
    public Mono<Void> settle(String id, List<Claim> charges) {
        return Mono.fromRunnable(() -> settleHere(id, charges));
    }

    @Override
    public boolean settleHere(String id, List<Claim> charges) {
        if (charged(id, charges)) {
            for (int i = 0; i < charges.size(); i++) {
                tell(charges.get(i).account());
            }
        }
        return true;
    }

    /** Who is told is not who is charged: what fails there is no failure of the call. */
    private void tell(Account account) {
        try {
            changed.accept(account);
        } catch (RuntimeException failure) {
            LOG.error("a charge was not told: {}", failure.getClass().getName());
        }
    }

    private synchronized boolean charged(String id, List<Claim> charges) {
        List<Claim> before = holdings.remove(id);
        if (before == null) {
            return false;
        }
        release(before);
        for (int i = 0; i < charges.size(); i++) {
            Book book = book(charges.get(i).account());
            book.spent = Math.addExact(book.spent, charges.get(i).amount());
        }
        return true;
    }

    private void release(List<Claim> claims) {
        for (int i = 0; i < claims.size(); i++) {
            Book book = books.get(claims.get(i).account().key());
            if (book != null) {
                book.held -= claims.get(i).amount();
            }
        }
    }

    private Book book(Account account) {
        Book book = books.get(account.key());
        if (book == null) {
            book = new Book(account.ends());
            books.put(account.key(), book);
        }
        return book;
    }

    private void sweep() {
        Instant now = clock.instant();
        if (now.isAfter(nextSweep)) {
            nextSweep = now.plus(SWEEP);
            books.values()
                    .removeIf(book ->
                            book.held == 0 && book.ends.plus(Account.KEPT).isBefore(now));
        }
    }

    @Override
    public synchronized Standing standing(Account account) {
        Book book = books.get(account.key());
        return book == null ? new Standing(0, 0) : new Standing(book.spent, book.held);
    }
}
