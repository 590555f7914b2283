package dev.penstock.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** The life of one stream: unread, being read, over. Thread-safe, since a cancel may come from anywhere. */
final class Life {

    private static final Logger LOG = LoggerFactory.getLogger(Life.class);

    private final Runnable release;
    private @Nullable List<Consumer<Over>> listeners = new ArrayList<>(4);
    private @Nullable Over over;
    private boolean claimed;

    Life(Runnable release) {
        this.release = release;
    }

    <T> Flux<T> watch(Flux<T> source) {
        return Flux.defer(() -> {
            if (!claim()) {
                return Flux.error(new IllegalStateException("a stream was read after it was read or closed"));
            }
            return source.transform(Operators.<T, T>lift((scannable, reader) -> new Reading<>(reader)));
        });
    }

    /** Tells of a cancel after it went up: whoever made a stream of another learns of the other's end first. */
    private final class Reading<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> reader;
        private @Nullable Subscription source;

        private Reading(CoreSubscriber<? super T> reader) {
            this.reader = reader;
        }

        @Override
        public Context currentContext() {
            return reader.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            reader.onSubscribe(this);
        }

        @Override
        public void onNext(T chunk) {
            reader.onNext(chunk);
        }

        @Override
        public void onError(Throwable failure) {
            end(Over.failed(failure));
            reader.onError(failure);
        }

        @Override
        public void onComplete() {
            end(Over.COMPLETE);
            reader.onComplete();
        }

        @Override
        public void request(long count) {
            source.request(count);
        }

        @Override
        public void cancel() {
            source.cancel();
            end(Over.CANCELLED);
        }
    }

    void whenOver(Consumer<Over> listener) {
        synchronized (this) {
            if (over == null && listeners != null) {
                listeners.add(listener);
                return;
            }
        }
        listener.accept(over);
    }

    void close() {
        if (claim()) {
            release.run();
            end(Over.CANCELLED);
        }
    }

    private synchronized boolean claim() {
        boolean first = !claimed;
        claimed = true;
        return first;
    }

    private void end(Over how) {
        List<Consumer<Over>> told;
        synchronized (this) {
            if (over != null) {
                return;
            }
            over = how;
            told = listeners == null ? List.of() : listeners;
            listeners = null;
        }
        told.forEach(listener -> tell(listener, how));
    }

    /** A listener that fails is a bug of its step; the others have to give back what they took all the same. */
    private static void tell(Consumer<Over> listener, Over how) {
        try {
            listener.accept(how);
        } catch (RuntimeException broken) {
            LOG.error(
                    "a step failed at the end of a stream: {}",
                    broken.getClass().getName());
        }
    }
}
