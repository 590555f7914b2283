package dev.penstock.upstream;

import dev.penstock.provider.DecodeException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Gathers a body's bytes, up to a limit, and makes something of them; an empty body is an empty array. One operator in place of six. */
final class Collected<T> extends Mono<T> {

    private final Flux<ByteBuf> body;
    private final int limit;
    private final Runnable life;
    private final Function<byte[], @Nullable T> made;

    private Collected(Flux<ByteBuf> body, int limit, Runnable life, Function<byte[], @Nullable T> made) {
        this.body = body;
        this.limit = limit;
        this.life = life;
        this.made = made;
    }

    /** What {@code made} throws is a failure of the answer; null, where nobody wants it any more, is told to nobody. */
    static <T> Mono<T> of(Flux<ByteBuf> body, int limit, Function<byte[], @Nullable T> made) {
        return of(body, limit, () -> {}, made);
    }

    /** The same, and calls {@code life} for each part that comes. */
    static <T> Mono<T> of(Flux<ByteBuf> body, int limit, Runnable life, Function<byte[], @Nullable T> made) {
        return new Collected<>(body, limit, life, made);
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> downstream) {
        body.subscribe(new Collecting(downstream));
    }

    /** The buffers are copied and left to whoever owns them. */
    private final class Collecting implements CoreSubscriber<ByteBuf>, Subscription {

        private final CoreSubscriber<? super T> downstream;
        private byte[] bytes = new byte[4096];
        private int length;
        private @Nullable Subscription source;
        private boolean over;

        /** reactor-netty may complete what another thread has cancelled just now. */
        private volatile boolean cancelled;

        private Collecting(CoreSubscriber<? super T> downstream) {
            this.downstream = downstream;
        }

        @Override
        public Context currentContext() {
            return downstream.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            downstream.onSubscribe(this);
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuf buffer) {
            if (over) {
                return;
            }
            try {
                life.run();
                add(buffer);
            } catch (RuntimeException broken) {
                cancel();
                fail(broken);
            }
        }

        private void add(ByteBuf buffer) {
            int more = buffer.readableBytes();
            if (length + more > limit) {
                throw new DecodeException("more than " + limit + " bytes (expected: a whole answer)");
            }
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
            }
            buffer.getBytes(buffer.readerIndex(), bytes, length, more);
            length += more;
        }

        @Override
        public void onComplete() {
            if (over || cancelled) {
                return;
            }
            T all;
            try {
                all = made.apply(Arrays.copyOf(bytes, length));
            } catch (Throwable broken) {
                fail(Operators.onOperatorError(broken, currentContext()));
                return;
            }
            over = true;
            if (all != null) {
                downstream.onNext(all);
                downstream.onComplete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (over) {
                Operators.onErrorDropped(failure, currentContext());
            } else {
                fail(Wire.told(failure));
            }
        }

        private void fail(Throwable failure) {
            over = true;
            downstream.onError(failure);
        }

        @Override
        public void request(long count) {}

        @Override
        public void cancel() {
            cancelled = true;
            Subscription subscription = source;
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }
}
