package dev.penstock.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.limit.bucket.Claim;
import dev.penstock.limit.bucket.EmbeddedLimits;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.By;
import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Tests for {@link Hold}. */
class HoldTests {

    private static final Rule CONCURRENT =
            new Rule("services.a", By.SERVICE, Measure.CONCURRENT, 1000, Duration.ZERO, false);
    private static final List<Claim> ONE = List.of(new Claim(CONCURRENT, "a", 1));

    private final EmbeddedLimits limits = new EmbeddedLimits(new VirtualClock("2026-03-01T12:00:20Z"));

    private long underWay() {
        return CONCURRENT.limit() - limits.look(ONE).block().get(0).remaining();
    }

    @Test
    void onlyTheFirstEndCounts() {
        Hold hold = new Hold(limits);
        limits.take(ONE, hold).block();
        limits.take(ONE, taken -> {}).block();
        List<List<Level>> told = new ArrayList<>();
        hold.end(claim -> 0, told::add);
        hold.end(claim -> 0, told::add);
        assertThat(told).hasSize(1);
        assertThat(underWay()).isEqualTo(1);
    }

    @Test
    void whatComesAfterTheEndGoesBackAtOnce() {
        Hold hold = new Hold(limits);
        hold.end(claim -> 0, levels -> {});
        limits.take(ONE, hold).block();
        assertThat(underWay()).isZero();
    }

    @Test
    void nothingIsLeftWhenTakeAndEndRace() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 500; i++) {
                Hold hold = new Hold(limits);
                CountDownLatch together = new CountDownLatch(2);
                Future<?> take = threads.submit(() -> {
                    meet(together);
                    limits.take(ONE, hold).block();
                });
                Future<?> end = threads.submit(() -> {
                    meet(together);
                    hold.end(claim -> 0, levels -> {});
                });
                take.get();
                end.get();
                assertThat(underWay()).as("race %d", i).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void meet(CountDownLatch together) {
        together.countDown();
        try {
            together.await();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
