package dev.penstock.exchange;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Shows a witness what becomes of an answer, and takes no answer for a failure. One operator in place of {@code defer},
 * {@code switchIfEmpty}, {@code doOnNext}, {@code doOnError} and {@code doOnCancel} in a row: with ten of those rows on a request, they cost more than
 * the steps.
 */
final class Watched extends Mono<Answer> {

    /** What it shows; a failure of {@link #answered} becomes the failure of the answer. */
    interface Witness {

        void answered(Answer answer);

        void failed(Throwable failure);

        /** May come more than once, and after the others. */
        void cancelled();
    }

    private final Supplier<Mono<Answer>> rest;
    private final Supplier<? extends Witness> witnesses;

    /** Both are asked for each subscription; what {@code rest} throws is a failure of the answer. */
    Watched(Supplier<Mono<Answer>> rest, Supplier<? extends Witness> witnesses) {
        this.rest = rest;
        this.witnesses = witnesses;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Answer> downstream) {
        Between between = new Between(downstream, witnesses.get());
        Mono<Answer> source;
        try {
            source = Objects.requireNonNull(rest.get(), "a step gave null (expected: an answer to come)");
        } catch (Throwable failure) {
            Operators.error(between, Operators.onOperatorError(failure, between.currentContext()));
            return;
        }
        source.subscribe(between);
    }

    private static final class Between implements CoreSubscriber<Answer>, Subscription {

        private final CoreSubscriber<? super Answer> downstream;
        private final Witness witness;

        /** Kept, since each look at it from above would go through all that is below. */
        private final Context context;

        private @Nullable Subscription upstream;
        private boolean answered;
        private boolean over;

        private Between(CoreSubscriber<? super Answer> downstream, Witness witness) {
            this.downstream = downstream;
            this.witness = witness;
            this.context = downstream.currentContext();
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (Operators.validate(upstream, subscription)) {
                upstream = subscription;
                downstream.onSubscribe(this);
            }
        }

        @Override
        public void onNext(Answer answer) {
            if (over) {
                answer.close();
                return;
            }
            try {
                witness.answered(answer);
            } catch (RuntimeException broken) {
                cancelUpstream();
                onError(broken);
                return;
            }
            answered = true;
            downstream.onNext(answer);
        }

        @Override
        public void onError(Throwable failure) {
            if (over) {
                Operators.onErrorDropped(failure, context);
                return;
            }
            over = true;
            witness.failed(failure);
            downstream.onError(failure);
        }

        @Override
        public void onComplete() {
            if (over) {
                return;
            }
            if (!answered) {
                onError(new IllegalStateException(witness + " gave no answer"));
                return;
            }
            over = true;
            downstream.onComplete();
        }

        @Override
        public void request(long count) {
            Subscription subscription = upstream;
            if (subscription != null) {
                subscription.request(count);
            }
        }

        /** The rest first: what is outside reads what the inside wrote down when it was cancelled. */
        @Override
        public void cancel() {
            cancelUpstream();
            witness.cancelled();
        }

        private void cancelUpstream() {
            Subscription subscription = upstream;
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }
}
