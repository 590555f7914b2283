package dev.penstock.gateway.direct;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads what is there at once. */
final class AtOnce {

    private AtOnce() {}

    /** False also for what is not known yet. */
    static boolean isTrue(Publisher<Boolean> answer) {
        CompletableFuture<Boolean> future = Mono.from(answer).toFuture();
        return future.isDone() && !future.isCompletedExceptionally() && Boolean.TRUE.equals(future.join());
    }

    /** Whether it ends at once with nothing; what is not known yet may be something. */
    static boolean isNothing(Mono<?> answer) {
        CompletableFuture<?> future = answer.toFuture();
        return future.isDone() && !future.isCompletedExceptionally() && future.join() == null;
    }

    /** Nothing where it is not known yet. */
    static <T> List<T> list(Flux<T> all) {
        CompletableFuture<List<T>> future = all.collectList().toFuture();
        return future.isDone() && !future.isCompletedExceptionally() ? future.join() : List.of();
    }
}
