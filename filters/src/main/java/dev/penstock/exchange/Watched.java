package dev.penstock.exchange;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * An answer to come of which somebody learns what becomes of it. Several that stand around each other are one operator: see {@link Between}. With ten
 * steps on a request, operators of their own cost more than the steps.
 */
abstract class Watched extends Mono<Answer> {

    /** What is watched; asked for each subscription. What it throws is a failure of the answer. */
    abstract Mono<Answer> rest();

    /** Who watches one subscription; none when it is only the exchange of {@link #exchange}. */
    abstract @Nullable Witness witness();

    /** The exchange that remembers the answer for the step before, and drops it when the request ends otherwise; if there is one. */
    abstract @Nullable LlmExchange exchange();

    @Override
    public final void subscribe(CoreSubscriber<? super Answer> downstream) {
        new Between(downstream, downstream).follow(this);
    }

    /** The same, for somebody who only waits until the answer is there: the exchange has it. */
    final Mono<Void> silent() {
        Watched all = this;
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Void> downstream) {
                new Between(downstream, null).follow(all);
            }
        };
    }
}
