package dev.penstock.exchange;

import dev.penstock.core.Asked;
import reactor.core.publisher.Mono;

/**
 * What an attempt, or a {@link Question}, must pass before it leaves for its provider. Steps put theirs up on the way in; they are passed in the order
 * of the steps.
 */
public interface Gate {

    /**
     * Before the request is put into the provider's words; may cap the attempt. Completes empty to let it pass, fails with
     * {@link PassedOver} to go on to the next candidate, and with anything else to fail the request. What it took it gives
     * back when the attempt is over: {@link #left}.
     *
     * @param asked what the attempt sends: not what the request was when the gate was put up, where a step asks again
     */
    default Mono<Void> before(Attempt attempt, Asked asked) {
        return Mono.empty();
    }

    /** As it leaves: {@code body} is what will be sent. Fails as {@link #before} does. */
    default Mono<Void> leaving(Attempt attempt, byte[] body) {
        return Mono.empty();
    }

    /** Before {@code body} is shown to somebody who is asked beside the attempts. Completes empty to let it pass; a failure keeps it here. */
    default Mono<Void> asking(Question question, byte[] body) {
        return Mono.empty();
    }

    /** The attempt is over, however it ended; called once for each, also for one that another gate did not let pass. */
    default void left(Attempt attempt) {}
}
