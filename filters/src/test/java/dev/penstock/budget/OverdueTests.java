package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Shared.Pace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tests for {@link Overdue}. */
class OverdueTests {

    private final AtomicLong nanos = new AtomicLong();
    private final Overdue overdue = new Overdue(Pace.USUAL, nanos::get);

    @Test
    void whatIsPastForThirtySecondsIsLost() {
        lookAfter(0, "x");
        for (int i = 0; i < 5; i++) {
            assertThat(lookAfter(5, "x", "y")).isEmpty();
        }
        assertThat(lookAfter(5, "x", "y")).containsExactly("x");
        assertThat(lookAfter(5, "y")).containsExactly("y");
    }

    @Test
    void whatWasRenewedMeanwhileBeginsAnew() {
        lookAfter(0, "x");
        lookAfter(10, "x");
        lookAfter(10, "x");
        lookAfter(5);
        assertThat(lookAfter(5, "x")).isEmpty();
        assertThat(lookAfter(10, "x")).isEmpty();
    }

    /** It may have been renewed, and be past again. */
    @Test
    void timeInWhichNobodyLookedCountsForTenSecondsAtMost() {
        lookAfter(0, "x");
        assertThat(lookAfter(30, "x")).isEmpty();
        assertThat(lookAfter(29, "x")).isEmpty();
        assertThat(lookAfter(10, "x")).containsExactly("x");
    }

    @Test
    void whoSleptForLongerThanThatKnowsNothing() {
        lookAfter(0, "x");
        lookAfter(10, "x");
        lookAfter(10, "x");
        assertThat(lookAfter(31, "x")).isEmpty();
        assertThat(lookAfter(10, "x")).isEmpty();
    }

    private List<String> lookAfter(int seconds, String... past) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
        return overdue.lost(List.of(past));
    }
}
