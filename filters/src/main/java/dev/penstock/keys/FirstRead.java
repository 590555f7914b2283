package dev.penstock.keys;

import dev.penstock.store.register.Register;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first read of the keys since the start: until then a key may be revoked that is not known here to be. Who calls waits for it,
 * once and for a moment; where the store does not answer by then, what was known at the last stop holds. Thread-safe.
 */
final class FirstRead {

    private static final Logger LOG = LoggerFactory.getLogger(FirstRead.class);

    private final Register register;
    private final Duration patience;
    private final AtomicBoolean failed = new AtomicBoolean();

    FirstRead(Register register, Duration patience) {
        this.register = register;
        this.patience = patience;
    }

    /** Whether there is nothing to wait for any more. */
    boolean isOver() {
        return register.isKnown() || failed.get();
    }

    /** Completes when it is over, and never fails. */
    CompletableFuture<Void> await() {
        return register.refresh()
                .copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((read, away) -> {
                    if (!register.isKnown() && failed.compareAndSet(false, true)) {
                        LOG.warn(
                                "keys: Redis has not answered since the start; until it does, a key is good whose revocation"
                                        + " this instance had not heard of when it stopped");
                    }
                    return null;
                });
    }
}
