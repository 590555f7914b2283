package dev.penstock.exchange;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Subscribes to one source after another for one subscriber, that wants all there is. Whoever leaves reaches the source there is at this moment, and
 * each that is subscribed to after it. A subclass is the sources' subscriber, too; it may be left on any thread.
 */
public abstract class InTurn<T> implements Subscription {

    private final CoreSubscriber<? super T> downstream;

    /** Kept, since each look at it from above would go through all that is below. */
    private final Context context;

    private volatile @Nullable Subscription source;
    private volatile boolean left;

    protected InTurn(CoreSubscriber<? super T> downstream) {
        this.downstream = downstream;
        this.context = downstream.currentContext();
    }

    protected final CoreSubscriber<? super T> downstream() {
        return downstream;
    }

    public final Context currentContext() {
        return context;
    }

    public final void onSubscribe(Subscription subscription) {
        source = subscription;
        if (left) {
            subscription.cancel();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    protected final boolean isLeft() {
        return left;
    }

    /** No source is wanted any more. */
    protected final void leave() {
        left = true;
        Subscription subscription = source;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public final void request(long count) {}
}
