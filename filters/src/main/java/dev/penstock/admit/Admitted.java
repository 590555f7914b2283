package dev.penstock.admit;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.InTurn;
import dev.penstock.exchange.LlmExchange;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/** One body on its way, and what comes after it. One operator in place of nine: it is in every request's path. Subscribed to once. */
final class Admitted extends Mono<Answer> {

    private final LlmExchange exchange;
    private final InboundConfig limits;
    private final Gathering gathering;
    private final Scheduler timer;
    private final Function<byte[], Mono<Answer>> next;

    Admitted(
            LlmExchange exchange,
            InboundConfig limits,
            Gathering gathering,
            Scheduler timer,
            Function<byte[], Mono<Answer>> next) {
        this.exchange = exchange;
        this.limits = limits;
        this.gathering = gathering;
        this.timer = timer;
        this.next = next;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Answer> downstream) {
        Reading reading = new Reading(downstream);
        downstream.onSubscribe(reading);
        exchange.request().getBody().subscribe(reading);
        // the rest of a small body is in the same read as the head, and needs no timer
        try {
            exchange.loop().execute(reading::limit);
        } catch (RejectedExecutionException stopping) {
            reading.limit();
        }
    }

    /** Its end may be told by the timer and by a cancel too: the first one counts. */
    private final class Reading extends InTurn<Answer> implements CoreSubscriber<DataBuffer> {

        private static final AtomicIntegerFieldUpdater<Reading> OVER =
                AtomicIntegerFieldUpdater.newUpdater(Reading.class, "over");

        private volatile int over;
        private volatile @Nullable Disposable limit;

        private Reading(CoreSubscriber<? super Answer> downstream) {
            super(downstream);
        }

        private void limit() {
            if (over == 0) {
                limit = timer.schedule(this::late, limits.bodyTimeout().toNanos(), TimeUnit.NANOSECONDS);
                if (over != 0) {
                    unlimit();
                }
            }
        }

        private void unlimit() {
            Disposable task = limit;
            if (task != null) {
                task.dispose();
            }
        }

        private boolean ends() {
            boolean first = OVER.compareAndSet(this, 0, 1);
            if (first) {
                unlimit();
            }
            return first;
        }

        private void late() {
            if (ends()) {
                drop();
                downstream().onError(BodyReader.late(limits));
            }
        }

        private void drop() {
            leave();
            gathering.drop();
        }

        @Override
        public void onNext(DataBuffer buffer) {
            try {
                gathering.add(buffer);
            } catch (RuntimeException refused) {
                if (ends()) {
                    drop();
                    downstream().onError(refused);
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            gathering.drop();
            if (ends()) {
                downstream().onError(BodyReader.told(failure));
            }
        }

        @Override
        public void onComplete() {
            // where it was dropped meanwhile, whoever did it tells the end
            Optional<byte[]> bytes = gathering.bytes();
            if (bytes.isPresent() && ends()) {
                goOn(bytes.get());
            }
        }

        private void goOn(byte[] body) {
            Mono<Answer> rest;
            try {
                rest = next.apply(body);
            } catch (Throwable failure) {
                downstream().onError(Operators.onOperatorError(failure, currentContext()));
                return;
            }
            rest.subscribe(new Onward());
        }

        @Override
        public void cancel() {
            if (ends()) {
                drop();
            } else {
                leave();
            }
        }

        /** Hands on what comes after the body. */
        private final class Onward implements CoreSubscriber<Answer> {

            @Override
            public Context currentContext() {
                return Reading.this.currentContext();
            }

            @Override
            public void onSubscribe(Subscription subscription) {
                Reading.this.onSubscribe(subscription);
            }

            @Override
            public void onNext(Answer answer) {
                downstream().onNext(answer);
            }

            @Override
            public void onError(Throwable failure) {
                downstream().onError(failure);
            }

            @Override
            public void onComplete() {
                downstream().onComplete();
            }
        }
    }
}
