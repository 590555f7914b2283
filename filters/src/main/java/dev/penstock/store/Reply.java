package dev.penstock.store;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What became of a question, be it an answer or a failure: one that comes when nobody waits any more is no news for the log. */
public record Reply<T>(@Nullable T value, @Nullable Throwable failure) {

    private static final int LAST_PART = 5;

    /** Who stops waiting does not keep the question from being answered. */
    public static <T> Mono<T> to(Supplier<? extends CompletionStage<T>> question) {
        return Mono.defer(
                        () -> Mono.fromFuture(question.get().handle(Reply::new).toCompletableFuture(), true))
                .flatMap(Reply::mono);
    }

    /**
     * Fails with a time-out when it took longer. The last part of the time is begun only when the first has passed: a process that
     * stood still sees its timers first and its answers after them.
     */
    public static <T> Mono<T> within(Duration patience, Mono<T> asked) {
        Duration last = patience.dividedBy(LAST_PART);
        return asked.timeout(Mono.delay(patience.minus(last)).then(Mono.delay(last)));
    }

    private Mono<T> mono() {
        if (failure == null) {
            return Mono.justOrEmpty(value);
        }
        return Mono.error(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
    }
}
