package dev.penstock.budget;

import dev.penstock.store.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Does again and again what no call waits for: finds out whether Redis answers and has its data, renews leases, tells ends that were
 * not confirmed, and gives up calls whose instance died.
 */
final class LedgerBeat {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerBeat.class);

    /** In one script, so that nobody waits for it long. */
    private static final int AT_ONCE = 500;

    private static final int LOST_AT_ONCE = 100;

    /** Calls of which is told together: one after the other, a connection that breaks often would never let it be done. */
    private static final int TOGETHER = 64;

    private static final int PATIENT = 8;

    private final Shared shared;
    private final RedisLedger ledger;
    private final Supplier<List<Account>> watched;
    private List<String> peers = List.of();
    private String run = "";
    private boolean closed;
    private long touched;
    private long due;

    /** @param watched the accounts whose standing is to be known here */
    LedgerBeat(Shared shared, RedisLedger ledger, Supplier<List<Account>> watched) {
        this.shared = shared;
        this.ledger = ledger;
        this.watched = watched;
        this.due = System.nanoTime();
        this.touched = due - shared.pace().touch().toNanos();
    }

    /** Until it is disposed of. */
    Disposable run() {
        return Mono.delay(shared.pace().again())
                .then(Mono.defer(() -> isDue() ? once() : Mono.empty()))
                .repeat()
                .subscribe(ignored -> {}, failed -> LOG.error("budgets: the beat stopped", failed));
    }

    private boolean isDue() {
        return shared.presence().isDegraded() || shared.epoch().doubted() || System.nanoTime() - due >= 0;
    }

    /** Never fails; {@link Presence} knows how it went. One at a time. */
    Mono<Void> once() {
        return once(shared.pace().patience());
    }

    Mono<Void> once(Duration patience) {
        return Mono.defer(() -> {
                    int doubts = shared.epoch().doubts();
                    return Shared.ask(() -> shared.money().sweep(shared.pace().silent(), LOST_AT_ONCE), patience)
                            .flatMap(answer -> after(answer, doubts));
                })
                .doOnSuccess(ignored -> {
                    due = System.nanoTime() + jittered(shared.pace().every());
                    shared.presence().answered();
                    if (closed) {
                        shared.presence().shut(Shared.CLOSED);
                    } else {
                        shared.presence().open();
                    }
                })
                .doOnError(shared.presence()::failed)
                .onErrorComplete();
    }

    @SuppressWarnings("unchecked")
    private Mono<Void> after(List<Object> answer, int doubts) {
        shared.clock().saw(Instant.ofEpochMilli(Long.parseLong((String) answer.get(0))));
        String epoch = (String) answer.get(1);
        String there = (String) answer.get(4);
        boolean same = !epoch.isEmpty() && epoch.equals(shared.epoch().id());
        closed = answer.get(5).equals("1");
        boolean first = shared.epoch().id().isEmpty() && !epoch.isEmpty();
        if (same || first) {
            peers = (List<String>) answer.get(2);
        }
        return touch().then(Mono.defer(() -> same && there.equals(run) ? again(epoch, there, doubts) : join(there)))
                .then(Mono.defer(this::settle))
                .thenMany(Flux.fromIterable(lost(answer)))
                .concatMap(it -> ask(() -> shared.money().lose(shared.epoch().id(), it)))
                .thenMany(
                        Flux.defer(() -> Flux.fromIterable(parts(shared.books().settled()))))
                .concatMap(ids -> ask(() -> shared.money().forget(ids)))
                .then(Mono.defer(() -> ledger.refresh(watched.get())));
    }

    /** What nobody renews; while Redis was away nobody could, and the others, who found out when this one did, do it now. */
    @SuppressWarnings("unchecked")
    private List<String> lost(List<Object> answer) {
        return shared.presence().isAway() ? List.of() : (List<String>) answer.get(3);
    }

    /** The Redis that was there before, with its data: what it may not know are calls that went on without it. */
    private Mono<Void> again(String epoch, String there, int doubts) {
        boolean doubted = shared.presence().isAway() || shared.epoch().doubted();
        if (there.isEmpty() && doubted) {
            return join(there);
        }
        return holds(epoch, shared.books().untold())
                .then(Mono.fromRunnable(() -> shared.epoch().is(epoch, doubts)));
    }

    /** Tells a Redis that may have lost data what this instance knows, in the order in which nothing counts twice. */
    private Mono<Void> join(String there) {
        TreeSet<String> known = new TreeSet<>(peers);
        known.add(shared.money().instance());
        int doubts = shared.epoch().doubts();
        boolean unsure = peers.isEmpty() && shared.books().hasPast();
        return ask(() -> shared.money()
                        .enter(UUID.randomUUID().toString(), shared.pace().grace(), unsure, List.copyOf(known)))
                .map(answer -> (String) answer.get(1))
                .flatMap(epoch -> told(epoch)
                        .then(ask(() -> shared.money().done(epoch)))
                        .doOnNext(answer -> joined(epoch, answer, doubts)))
                .then(Mono.fromRunnable(() -> run = there));
    }

    private Mono<Void> told(String epoch) {
        RedisMoney money = shared.money();
        Books books = shared.books();
        Map<String, List<Posting>> owed = books.owed();
        return Flux.fromIterable(owed.entrySet())
                .flatMap(call -> ask(() -> money.owed(epoch, call.getKey(), call.getValue())), TOGETHER)
                .thenMany(Flux.fromIterable(books.recent()))
                .flatMap(end -> ask(() -> money.settle(epoch, end.id(), end.lines())), TOGETHER)
                .thenMany(Flux.fromIterable(parts(books.spent())))
                .concatMap(sums -> ask(() -> money.state(epoch, sums)))
                .then(Mono.defer(() -> holds(epoch, books.held())))
                .then(Mono.fromRunnable(() -> owed.keySet().forEach(books::paid)));
    }

    private Mono<Void> holds(String epoch, Map<String, List<Claim>> held) {
        return Flux.fromIterable(held.entrySet())
                .flatMap(
                        call -> ask(() -> shared.money()
                                        .hold(
                                                epoch,
                                                call.getKey(),
                                                call.getValue(),
                                                shared.pace().lease(),
                                                true))
                                .doOnNext(answer -> shared.books().told(call.getKey())),
                        TOGETHER)
                .then();
    }

    private void joined(String epoch, List<Object> answer, int doubts) {
        if (answer.get(1).equals(epoch)) {
            closed = answer.get(2).equals("1");
            shared.epoch().is(epoch, doubts);
        }
    }

    private Mono<Void> touch() {
        long now = System.nanoTime();
        if (now - touched < shared.pace().touch().toNanos()) {
            return Mono.empty();
        }
        shared.books().forget(shared.clock().instant().minus(Account.KEPT));
        return Flux.fromIterable(parts(List.copyOf(shared.books().held().keySet())))
                .concatMap(
                        ids -> ask(() -> shared.money().touch(ids, shared.pace().lease())))
                .then(Mono.fromRunnable(() -> touched = now));
    }

    private Mono<Void> settle() {
        return Flux.fromIterable(shared.books().endings())
                .flatMap(ledger::tell, TOGETHER)
                .then();
    }

    private <T> Mono<T> ask(Supplier<CompletableFuture<T>> asked) {
        return Shared.ask(asked, shared.pace().patience().multipliedBy(PATIENT));
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            parts.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
        return parts;
    }

    private static long jittered(Duration time) {
        return (long) (time.toNanos() * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble()));
    }
}
