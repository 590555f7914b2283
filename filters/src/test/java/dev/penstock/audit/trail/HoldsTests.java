package dev.penstock.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hold is placed before texts are erased, and keeps them, or after: never in between. */
class HoldsTests {

    private static final Hold HOLD = new Hold("h1", "crm", Instant.EPOCH, Instant.MAX, "a case", Instant.EPOCH);

    @TempDir
    private Path data;

    @Test
    void noneIsPlacedWhileAServiceIsErased() throws Exception {
        Holds holds = new Holds(data);
        FutureTask<Boolean> placing = new FutureTask<>(() -> {
            holds.add(HOLD);
            return true;
        });
        Thread thread = new Thread(placing);
        assertThat(holds.unlessCovered("crm", () -> {
                    thread.start();
                    while (!placing.isDone() && thread.getState() != Thread.State.BLOCKED) {
                        Thread.onSpinWait();
                    }
                    assertThat(holds.all()).isEmpty();
                    return true;
                }))
                .isEmpty();
        assertThat(placing.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(holds.all()).containsExactly(HOLD);
    }

    @Test
    void whatAHoldCoversIsNotErased() throws IOException {
        Holds holds = new Holds(data);
        holds.add(HOLD);
        AtomicInteger erased = new AtomicInteger();
        assertThat(holds.unlessCovered("crm", () -> erased.incrementAndGet() > 0))
                .contains(HOLD);
        assertThat(erased).hasValue(0);
        assertThat(holds.unlessCovered("shop", () -> erased.incrementAndGet() > 0))
                .isEmpty();
        assertThat(erased).hasValue(1);
    }
}
