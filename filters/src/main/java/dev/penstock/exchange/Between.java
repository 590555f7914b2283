package dev.penstock.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Shows witnesses what becomes of an answer, and takes no answer for a failure. It stands for all the {@link Watched} of one exchange that follow each
 * other with nothing between them; who is further inside is told first, and the exchange before all.
 */
final class Between implements CoreSubscriber<Answer>, Subscription {

    private final CoreSubscriber<?> downstream;
    private final @Nullable CoreSubscriber<? super Answer> taker;

    /** Kept, since each look at it from above would go through all that is below. */
    private final Context context;

    /** From the outside in. */
    private final List<Witness> witnesses = new ArrayList<>(2);

    private @Nullable LlmExchange exchange;
    private @Nullable Watched innermost;
    private @Nullable Subscription upstream;
    private boolean answered;
    private boolean over;

    /** {@code taker} is {@code downstream}, if that wants the answer itself. */
    Between(CoreSubscriber<?> downstream, @Nullable CoreSubscriber<? super Answer> taker) {
        this.downstream = downstream;
        this.taker = taker;
        this.context = downstream.currentContext();
    }

    /** Goes inside as far as it is watched, and subscribes to what is there. */
    void follow(Watched outermost) {
        Mono<Answer> source = outermost;
        try {
            while (source instanceof Watched next && joins(next.exchange())) {
                Witness witness = next.witness();
                if (witness != null) {
                    witnesses.add(witness);
                }
                innermost = next;
                source = Objects.requireNonNull(next.rest(), "a step gave null (expected: an answer to come)");
            }
        } catch (Throwable failure) {
            Operators.error(this, Operators.onOperatorError(failure, context));
            return;
        }
        source.subscribe(this);
    }

    /** A child's answer is not its parent's. */
    private boolean joins(@Nullable LlmExchange next) {
        if (next != null && exchange == null) {
            exchange = next;
        }
        return next == null || next == exchange;
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
            if (taker == null) {
                subscription.request(Long.MAX_VALUE);
            }
        }
    }

    @Override
    public void onNext(Answer answer) {
        if (over) {
            answer.close();
            return;
        }
        int at = witnesses.size();
        Answer told = answer;
        try {
            remember(told);
            while (at > 0) {
                at--;
                told = witnesses.get(at).answered(told);
            }
            if (told != answer) {
                remember(told);
            }
        } catch (RuntimeException broken) {
            broke(broken, at);
            return;
        }
        answered = true;
        if (taker != null) {
            taker.onNext(told);
        }
    }

    private void remember(Answer answer) {
        if (exchange != null) {
            exchange.answered(answer);
        }
    }

    /** To those inside of the one who broke it, the answer was cancelled. */
    private void broke(RuntimeException broken, int by) {
        cancelUpstream();
        for (int at = witnesses.size() - 1; at > by; at--) {
            witnesses.get(at).cancelled();
        }
        fail(broken, by);
    }

    @Override
    public void onError(Throwable failure) {
        if (over) {
            Operators.onErrorDropped(failure, context);
            return;
        }
        fail(failure, witnesses.size() - 1);
    }

    private void fail(Throwable failure, int from) {
        over = true;
        if (exchange != null) {
            exchange.drop();
        }
        for (int at = Math.min(from, witnesses.size() - 1); at >= 0; at--) {
            witnesses.get(at).failed(failure);
        }
        downstream.onError(failure);
    }

    @Override
    public void onComplete() {
        if (over) {
            return;
        }
        if (!answered) {
            onError(new IllegalStateException(innermost + " gave no answer"));
            return;
        }
        over = true;
        downstream.onComplete();
    }

    @Override
    public void request(long count) {
        Subscription subscription = upstream;
        if (subscription != null && taker != null) {
            subscription.request(count);
        }
    }

    /** The rest first: what is outside reads what the inside wrote down when it was cancelled. */
    @Override
    public void cancel() {
        cancelUpstream();
        if (exchange != null) {
            exchange.abandon();
        }
        for (int at = witnesses.size() - 1; at >= 0; at--) {
            witnesses.get(at).cancelled();
        }
    }

    private void cancelUpstream() {
        Subscription subscription = upstream;
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
