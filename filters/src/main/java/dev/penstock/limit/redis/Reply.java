package dev.penstock.limit.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What became of a question, be it an answer or a failure: one that comes when nobody waits any more is no news for the log. */
record Reply<T>(@Nullable T value, @Nullable Throwable failure) {

    /** Who stops waiting does not keep the question from being answered. */
    static <T> Mono<T> to(Supplier<CompletableFuture<T>> question) {
        return Mono.defer(() -> Mono.fromFuture(question.get().handle(Reply::new), true))
                .flatMap(Reply::mono);
    }

    private Mono<T> mono() {
        if (failure == null) {
            return Mono.justOrEmpty(value);
        }
        return Mono.error(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
    }
}
