package dev.penstock.audit;

import dev.penstock.exchange.DeadlineScheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Whether a record became durable in time: a disk that hangs fails nothing by itself. Told once, on the thread of whoever waits. */
final class Durable {

    private final Duration patience;
    private final Executor thread;
    private final MonoSink<Void> sink;
    private final @Nullable UnaryOperator<Throwable> refusal;
    private final AtomicBoolean told = new AtomicBoolean();
    private final Disposable limit;

    private Durable(
            Duration patience, Executor thread, MonoSink<Void> sink, @Nullable UnaryOperator<Throwable> refusal) {
        this.patience = patience;
        this.thread = thread;
        this.sink = sink;
        this.refusal = refusal;
        this.limit = DeadlineScheduler.SHARED.schedule(this::late, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Empty, or what {@code refusal} makes of the failure of what {@code written} gives, a {@link TimeoutException} when neither is
     * known after {@code patience}; without a refusal such a failure does not matter. What {@code written} throws is passed on as it is.
     */
    static Mono<Void> within(
            Duration patience,
            Supplier<CompletableFuture<?>> written,
            Executor thread,
            @Nullable UnaryOperator<Throwable> refusal) {
        return Mono.create(sink -> {
            Durable durable = new Durable(patience, thread, sink, refusal);
            sink.onDispose(durable.limit);
            written.get().whenComplete((done, failure) -> durable.tell(failure));
        });
    }

    private void late() {
        tell(new TimeoutException("not durable within " + patience.toSeconds() + " s"));
    }

    private void tell(@Nullable Throwable failure) {
        if (!told.compareAndSet(false, true)) {
            return;
        }
        thread.execute(() -> {
            if (failure == null || refusal == null) {
                sink.success();
            } else {
                sink.error(refusal.apply(failure));
            }
        });
    }
}
