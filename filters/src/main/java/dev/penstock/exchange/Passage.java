package dev.penstock.exchange;

import dev.penstock.core.Chunk;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * What a step does with a stream that passes through it: its events, its end, its failure, its caller's leaving. One operator in place of
 * {@code map}, {@code concatWith}, {@code onErrorResume} and {@code doOnCancel}. For one stream.
 *
 * @param <T> what goes on
 */
public abstract class Passage<T> {

    /** What goes on in place of {@code chunk}; nothing where null. What it throws ends the stream as a failure of its source does. */
    protected abstract @Nullable T next(Chunk chunk);

    /** What follows the last event of a stream that ended well. */
    protected Publisher<T> end() {
        return Mono.empty();
    }

    /** What follows the last event of a stream that broke. */
    protected Publisher<T> broke(Throwable failure) {
        return Mono.error(failure);
    }

    /** The caller wants no more; on any thread. */
    protected void left() {}

    /** To be subscribed to once. */
    public final Flux<T> of(Flux<Chunk> chunks) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> downstream) {
                chunks.subscribe(new Passing(downstream));
            }
        };
    }

    /** First the source, then what follows it. */
    private final class Passing implements CoreSubscriber<Chunk>, Subscription {

        private final CoreSubscriber<? super T> downstream;

        /** Kept, since each look at it from above would go through all that is below. */
        private final Context context;

        private volatile @Nullable Subscription source;
        private volatile boolean gone;
        private boolean over;
        private long wanted;
        private long sent;

        private Passing(CoreSubscriber<? super T> downstream) {
            this.downstream = downstream;
            this.context = downstream.currentContext();
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            downstream.onSubscribe(this);
        }

        @Override
        public void onNext(Chunk chunk) {
            if (over) {
                Operators.onNextDropped(chunk, context);
                return;
            }
            T out;
            try {
                out = Passage.this.next(chunk);
            } catch (Throwable failure) {
                onError(Operators.onOperatorError(source, failure, chunk, context));
                return;
            }
            if (out == null) {
                source.request(1);
            } else {
                sent++;
                downstream.onNext(out);
            }
        }

        @Override
        public void onComplete() {
            if (over) {
                return;
            }
            over = true;
            if (gone) {
                return;
            }
            Publisher<T> rest;
            try {
                rest = end();
            } catch (Throwable failure) {
                fail(Operators.onOperatorError(failure, context));
                return;
            }
            rest.subscribe(new Rest(false));
        }

        @Override
        public void onError(Throwable failure) {
            if (over) {
                Operators.onErrorDropped(failure, context);
                return;
            }
            over = true;
            fail(failure);
        }

        private void fail(Throwable failure) {
            if (gone) {
                return;
            }
            Publisher<T> rest;
            try {
                rest = broke(failure);
            } catch (Throwable other) {
                downstream.onError(Exceptions.addSuppressed(Operators.onOperatorError(other, context), failure));
                return;
            }
            rest.subscribe(new Rest(true));
        }

        @Override
        public void request(long count) {
            Subscription now;
            synchronized (this) {
                wanted = Operators.addCap(wanted, count);
                now = source;
            }
            now.request(count);
        }

        /** The next source gets what is still wanted; what is asked of one that is over is lost with it, and has been counted here. */
        private void turnTo(Subscription next) {
            long still;
            synchronized (this) {
                source = next;
                still = wanted == Long.MAX_VALUE ? wanted : wanted - sent;
            }
            if (gone) {
                next.cancel();
            } else if (still > 0) {
                next.request(still);
            }
        }

        @Override
        public void cancel() {
            gone = true;
            try {
                left();
            } finally {
                source.cancel();
            }
        }

        /** What follows the source; that of a failure is the last. */
        private final class Rest implements CoreSubscriber<T> {

            private final boolean last;

            private Rest(boolean last) {
                this.last = last;
            }

            @Override
            public Context currentContext() {
                return context;
            }

            @Override
            public void onSubscribe(Subscription subscription) {
                turnTo(subscription);
            }

            @Override
            public void onNext(T out) {
                sent++;
                downstream.onNext(out);
            }

            @Override
            public void onError(Throwable failure) {
                if (last) {
                    downstream.onError(failure);
                } else {
                    fail(failure);
                }
            }

            @Override
            public void onComplete() {
                downstream.onComplete();
            }
        }
    }
}
