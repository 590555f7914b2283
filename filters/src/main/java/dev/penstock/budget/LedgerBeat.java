package dev.penstock.budget;

import dev.penstock.store.Presence;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
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

    /** More than one instance has running: what is not listed cannot be seen to stay past. */
    private static final int LISTED = 5000;

    /** So many glances, after which all who live have told a Redis that has lost its data. */
    private static final int GLANCES = 4;

    private final Shared shared;
    private final Telling telling;
    private final RedisLedger ledger;
    private final Supplier<List<Account>> watched;
    private final LongSupplier nanos;
    private final Overdue overdue;
    private final Set<String> peers = ConcurrentHashMap.newKeySet();
    private String run = "";
    private boolean closed;
    private long touched;
    private long due;

    /** @param watched the accounts whose standing is to be known here */
    LedgerBeat(Shared shared, RedisLedger ledger, Supplier<List<Account>> watched) {
        this(shared, ledger, watched, System::nanoTime);
    }

    /** @param nanos a clock that only moves forward, in nanoseconds */
    LedgerBeat(Shared shared, RedisLedger ledger, Supplier<List<Account>> watched, LongSupplier nanos) {
        this.shared = shared;
        this.telling = new Telling(shared);
        this.ledger = ledger;
        this.watched = watched;
        this.nanos = nanos;
        this.overdue = new Overdue(shared.pace(), nanos);
        this.due = nanos.getAsLong();
        this.touched = due - shared.pace().touch().toNanos();
    }

    /** Until it is disposed of. */
    Disposable run() {
        return Mono.delay(shared.pace().again())
                .then(Mono.defer(() -> isDue() ? once() : glance()))
                .repeat()
                .subscribe(ignored -> {}, failed -> LOG.error("budgets: the beat stopped", failed));
    }

    private boolean isDue() {
        return shared.presence().isDegraded() || shared.epoch().doubted() || nanos.getAsLong() - due >= 0;
    }

    /** Whether Redis has lost its data: nobody may have asked for any since, and others would find a Redis in which nothing is spent. */
    private Mono<Void> glance() {
        return Shared.ask(() -> shared.money().epoch(), shared.pace().patience())
                .onErrorReturn(shared.epoch().id())
                .flatMap(found -> found.equals(shared.epoch().id()) ? Mono.empty() : once());
    }

    /** Never fails; {@link Presence} knows how it went. One at a time. */
    Mono<Void> once() {
        return once(shared.pace().patience());
    }

    Mono<Void> once(Duration patience) {
        return look(patience)
                .flatMap(look -> isStranger(look) && hasBudgets()
                        ? Mono.delay(shared.pace().again().multipliedBy(GLANCES))
                                .then(look(patience))
                        : Mono.just(look))
                .flatMap(this::after)
                .doOnSuccess(ignored -> {
                    due = nanos.getAsLong() + jittered(shared.pace().every());
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

    private Mono<Look> look(Duration patience) {
        return Mono.defer(() -> {
            int doubts = shared.epoch().doubts();
            return Shared.ask(() -> shared.money().sweep(shared.pace().silent(), LISTED), patience)
                    .map(answer -> new Look(answer, doubts));
        });
    }

    /** Whether others may have spent, and not noticed yet that Redis has lost it, of whom this instance cannot know. */
    private boolean isStranger(Look look) {
        return look.epoch().isEmpty()
                && shared.epoch().id().isEmpty()
                && !shared.books().hasPast();
    }

    private boolean hasBudgets() {
        return !watched.get().isEmpty();
    }

    private Mono<Void> after(Look look) {
        shared.clock().saw(look.at());
        boolean same =
                !look.epoch().isEmpty() && look.epoch().equals(shared.epoch().id());
        closed = look.closed();
        if (same) {
            peers.clear();
        }
        if (same || shared.epoch().id().isEmpty()) {
            peers.addAll(look.living());
        }
        List<String> lost = lost(look);
        return touch().then(Mono.defer(() -> meet(look, same)))
                .then(Mono.defer(this::settle))
                .thenMany(Flux.fromIterable(lost))
                .flatMap(
                        it -> telling.ask(
                                () -> shared.money().lose(shared.epoch().id(), it)),
                        Telling.TOGETHER)
                .thenMany(Flux.defer(
                        () -> Flux.fromIterable(Telling.parts(shared.books().settled()))))
                .concatMap(ids -> telling.ask(() -> shared.money().forget(ids))
                        .doOnNext(answer -> shared.books().forgotten(ids)))
                .then(Mono.defer(() -> ledger.refresh(watched.get())));
    }

    /** What others do not renew; some of it, where it is much. */
    private List<String> lost(Look look) {
        Set<String> own = new HashSet<>();
        shared.books().held().keySet().forEach(id -> own.add(RedisMoney.reservation(id)));
        List<String> lost = overdue.lost(
                look.past().stream().filter(it -> !own.contains(it)).toList());
        return lost.subList(0, Math.min(Telling.AT_ONCE, lost.size()));
    }

    private Mono<Void> meet(Look look, boolean same) {
        if (isStranger(look) && !hasBudgets()) {
            // whoever has budgets begins, and waits for those who may have spent; not for whoever died long before
            peers.retainAll(Set.copyOf(look.living()));
            return Mono.fromRunnable(() -> shared.epoch().is("", look.doubts()));
        }
        return same && look.run().equals(run) ? again(look) : join(look);
    }

    /** The Redis that was there before, with its data: what it may not know are calls that went on without it. */
    private Mono<Void> again(Look look) {
        boolean doubted = shared.presence().isAway() || shared.epoch().doubted();
        if (look.run().isEmpty() && doubted) {
            return join(look);
        }
        return telling.holds(look.epoch(), shared.books().untold().keySet())
                .then(Mono.fromRunnable(() -> shared.epoch().is(look.epoch(), look.doubts())));
    }

    /** Tells a Redis that may have lost data what this instance knows, in the order in which nothing counts twice. */
    private Mono<Void> join(Look look) {
        TreeSet<String> known = new TreeSet<>(peers);
        known.add(shared.money().instance());
        if (!look.epoch().equals(shared.epoch().id()) && !shared.epoch().id().isEmpty()) {
            shared.epoch().doubt();
        }
        shared.epoch().telling(true);
        int doubts = shared.epoch().doubts();
        boolean unsure = shared.epoch().id().isEmpty() && shared.books().hasPast();
        return telling.ask(() -> shared.money()
                        .enter(UUID.randomUUID().toString(), shared.pace().grace(), unsure, List.copyOf(known)))
                .map(answer -> (String) answer.get(1))
                .flatMap(epoch -> telling.all(epoch)
                        .then(telling.ask(() -> shared.money().done(epoch)))
                        .doOnNext(answer -> joined(epoch, answer, doubts)))
                .then(Mono.<Void>fromRunnable(() -> run = look.run()))
                .doOnTerminate(() -> shared.epoch().telling(false))
                .doOnCancel(() -> shared.epoch().telling(false));
    }

    private void joined(String epoch, List<Object> answer, int doubts) {
        if (answer.get(1).equals(epoch)) {
            closed = answer.get(2).equals("1");
            shared.epoch().is(epoch, doubts);
        }
    }

    private Mono<Void> touch() {
        long now = nanos.getAsLong();
        if (now - touched < shared.pace().touch().toNanos()) {
            return Mono.empty();
        }
        shared.books().forget(shared.clock().instant().minus(Account.KEPT));
        return Flux.fromIterable(Telling.parts(List.copyOf(shared.books().held().keySet())))
                .concatMap(ids -> telling.ask(
                        () -> shared.money().touch(ids, shared.pace().lease())))
                .then(Mono.fromRunnable(() -> touched = now));
    }

    private Mono<Void> settle() {
        return Flux.fromIterable(shared.books().endings())
                .flatMap(ledger::tell, Telling.TOGETHER)
                .then();
    }

    private static long jittered(Duration time) {
        return (long) (time.toNanos() * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble()));
    }
}
