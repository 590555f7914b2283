package dev.penstock.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells Redis what this instance knows and Redis may not. Whoever tells is more patient than a call. */
record Telling(Shared shared) {

    /** In one script, so that nobody waits for it long. */
    static final int AT_ONCE = 500;

    /** Calls of which is told together: one after the other, a connection that breaks often would never let it be done. */
    static final int TOGETHER = 64;

    private static final int PATIENT = 8;

    /** In the order in which nothing counts twice; what was confirmed meanwhile is among what is told. */
    Mono<Void> all(String epoch) {
        RedisMoney money = shared.money();
        Books books = shared.books();
        Map<String, List<Posting>> owed = books.owed();
        return Flux.fromIterable(owed.entrySet())
                .flatMap(call -> ask(() -> money.owed(epoch, call.getKey(), call.getValue())), TOGETHER)
                .thenMany(Flux.defer(() -> Flux.fromIterable(books.recent())))
                .flatMap(end -> ask(() -> money.settle(epoch, end.id(), end.lines())), TOGETHER)
                .thenMany(Flux.defer(() -> Flux.fromIterable(parts(books.spent()))))
                .concatMap(sums -> ask(() -> money.state(epoch, sums)))
                .then(Mono.defer(() -> holds(epoch, books.held().keySet())))
                .then(Mono.fromRunnable(() -> owed.keySet().forEach(books::paid)));
    }

    /** What each holds when its turn comes: that of before could lower what Redis has admitted since. */
    Mono<Void> holds(String epoch, Iterable<String> ids) {
        return Flux.fromIterable(ids).flatMap(id -> hold(epoch, id), TOGETHER).then();
    }

    private Mono<List<Object>> hold(String epoch, String id) {
        return Mono.justOrEmpty(shared.books().held(id))
                .flatMap(now -> ask(() -> shared.money()
                                .hold(epoch, id, now, shared.pace().lease(), true))
                        .doOnNext(answer -> shared.books().told(id, now)));
    }

    <T> Mono<T> ask(Supplier<CompletableFuture<T>> asked) {
        return Shared.ask(asked, shared.pace().patience().multipliedBy(PATIENT));
    }

    static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            parts.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
        }
        return parts;
    }
}
