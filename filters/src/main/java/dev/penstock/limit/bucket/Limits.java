package dev.penstock.limit.bucket;

import dev.penstock.limit.bucket.Taking.Taken;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Counts what is used of limits. Thread-safe; nothing waits for room. */
public interface Limits {

    /**
     * The same limits for one request. Those that are counted elsewhere do what {@code mode} says while their store is away, and
     * answer on {@code loop}; those that are counted here are never away, and answer at once.
     */
    default Limits of(WhenAway mode, Executor loop) {
        return this;
    }

    /**
     * Takes from all limits or from none.
     *
     * @param claims at most one for each rule and subject
     * @param holder is told what was taken before anyone else, also when nobody waits for it any more; has to settle it
     */
    Mono<Taking> take(List<Claim> claims, Consumer<Taken> holder);

    /** The same as {@link #take}, at once and without a holder; null, and nothing is taken, for limits that are counted elsewhere. */
    default @Nullable Taking takeHere(List<Claim> claims) {
        return null;
    }

    /** The same as {@link #settle}, at once; null, and nothing is settled, for limits that are counted elsewhere. */
    default @Nullable List<Level> settleHere(Taken taken, ToLongFunction<Claim> used) {
        return null;
    }

    /**
     * Puts right what was taken: gives back what was not used and takes what was used beyond it, whether there is room or
     * not. Must be called once for each.
     *
     * @param used of a claim, in its rule's measure; not asked for what is concurrent, which is given back
     * @return how the limits stand after it, in the order of the claims
     */
    Mono<List<Level>> settle(Taken taken, ToLongFunction<Claim> used);

    /** How the limits of these claims stand; takes nothing. */
    Mono<List<Level>> look(List<Claim> claims);

    /** Whether the store of counts does not answer now, so that a {@link WhenAway} holds. */
    default boolean isAway() {
        return false;
    }

    /** How a rule stands for every subject that is not as good as new. */
    Mono<List<Level>> subjects(Rule rule);
}
