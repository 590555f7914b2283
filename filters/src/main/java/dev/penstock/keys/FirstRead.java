package dev.penstock.keys;

import dev.penstock.store.register.Register;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The first read of the keys since the start: until then a key may be revoked that is not known here to be. Who calls waits for it,
 * for a moment from the first call on; where the store has not answered by then, what was known at the last stop holds. Thread-safe.
 */
final class FirstRead {

    private static final Logger LOG = LoggerFactory.getLogger(FirstRead.class);
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final BooleanSupplier known;
    private final Mono<Void> wait;
    private volatile boolean failed;

    /**
     * @param known whether what was read is in use
     * @param patience with a store that does not answer, and with one that refuses connections, as while it comes up
     */
    FirstRead(Register register, BooleanSupplier known, Duration patience) {
        this.known = known;
        this.wait = Mono.fromFuture(() -> register.refresh().handle((read, away) -> known.getAsBoolean()))
                .filter(over -> over)
                .repeatWhenEmpty(asked -> asked.delayElements(AGAIN))
                .timeout(patience)
                .onErrorComplete()
                .then()
                .doOnTerminate(this::over)
                .cache();
    }

    /** Whether there is nothing to wait for any more. */
    boolean isOver() {
        return known.getAsBoolean() || failed;
    }

    /** Completes when it is over, on any thread, and never fails. */
    Mono<Void> await() {
        return wait;
    }

    private void over() {
        if (!known.getAsBoolean()) {
            failed = true;
            LOG.warn(
                    "keys: Redis has not answered since the start; until it does, a key is good that was revoked or rotated after"
                            + " this instance last heard of it, or before it has heard of any");
        }
    }
}
