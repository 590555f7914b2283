package dev.penstock.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
        noneIsPlacedWhile((holds, deleting) -> holds.unlessCovered("crm", deleting));
    }

    @Test
    void noneIsPlacedWhileTextsAreDeleted() throws Exception {
        noneIsPlacedWhile((holds, deleting) -> holds.unlessTouched(Instant.EPOCH, Instant.EPOCH, deleting));
    }

    @Test
    void noneIsPlacedWhileASegmentIsDeleted() throws Exception {
        noneIsPlacedWhile((holds, deleting) -> holds.ifStill(List.of(), deleting));
    }

    /** Deletes in one of the ways that there are. */
    @FunctionalInterface
    private interface Way {
        void delete(Holds holds, Holds.Deleting deleting) throws IOException;
    }

    private void noneIsPlacedWhile(Way way) throws Exception {
        Holds holds = new Holds(data);
        AtomicInteger deleted = new AtomicInteger();
        FutureTask<Boolean> placing = new FutureTask<>(() -> {
            holds.add(HOLD);
            return true;
        });
        Thread thread = new Thread(placing);
        way.delete(holds, () -> {
            thread.start();
            while (!placing.isDone() && thread.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            assertThat(holds.all()).isEmpty();
            return deleted.incrementAndGet() > 0;
        });
        assertThat(placing.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(holds.all()).containsExactly(HOLD);
        assertThat(deleted).hasValue(1);
    }

    @Test
    void whatAHoldTouchesIsNotDeleted() throws IOException {
        Holds holds = new Holds(data);
        holds.add(new Hold("h2", "", Instant.ofEpochSecond(10), Instant.ofEpochSecond(20), "a case", Instant.EPOCH));
        AtomicInteger deleted = new AtomicInteger();
        for (long begin : List.of(0L, 9L, 19L, 20L)) {
            Instant time = Instant.ofEpochSecond(begin);
            holds.unlessTouched(time, time.plusMillis(999), () -> deleted.incrementAndGet() > 0);
        }
        assertThat(deleted).hasValue(3);
        assertThat(holds.ifStill(List.of(), () -> deleted.incrementAndGet() > 0))
                .as("looked at before it was placed")
                .isFalse();
        assertThat(deleted).hasValue(3);
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
