package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Ledger.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests for {@link Marks}. */
class MarksTests {

    private static final BudgetConfig CONFIG = new BudgetConfig(
            Money.parse("1"),
            Money.NONE,
            ZoneOffset.UTC,
            List.of(80, 50),
            BudgetConfig.OnInsufficient.REJECT,
            BudgetConfig.Lost.CHARGE_RESERVED,
            16);

    private final Queue<Integer> told = new ConcurrentLinkedQueue<>();
    private final Marks marks = new Marks(passed -> told.add(passed.mark()));

    private static Account on(String day) {
        return new Account("a", day + " UTC", Instant.parse(day + "T23:00:00Z"), 1000, CONFIG);
    }

    private void spent(String day, long nanoUsd) {
        marks.look(on(day), new Standing(nanoUsd, 0));
    }

    @Test
    void eachIsToldOnceAWindow() {
        for (long spent : new long[] {499, 500, 510, 850, 850, 999, 1000, 1001}) {
            spent("2026-11-25", spent);
        }
        assertThat(told).containsExactly(50, 80, 100);
        spent("2026-11-26", 900);
        assertThat(told).containsExactly(50, 80, 100, 80);
    }

    @Test
    void ofManyWhoPassItAtOnceOneTells() {
        IntStream.range(0, 1000).parallel().forEach(caller -> spent("2026-11-25", 600));
        assertThat(told).containsExactly(50);
    }

    @Test
    void whatWasToldBeforeTheStartIsNotToldAgain() {
        marks.knows(on("2026-11-25"), new Standing(700, 0));
        spent("2026-11-25", 701);
        assertThat(told).isEmpty();
        spent("2026-11-25", 801);
        assertThat(told).containsExactly(80);
    }
}
