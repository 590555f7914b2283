package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Caller;
import dev.penstock.exchange.Settings;
import dev.penstock.testing.Exchanges;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests for {@link OpenAccounts}: what is kept is what would be found. */
class OpenAccountsTests {

    private static final Caller CALLER = new Caller("web", "shop", "main", List.of("*"));
    private static final BudgetConfig CONFIG = new BudgetConfig(
            Money.parse("1"),
            Money.parse("10"),
            ZoneId.of("Europe/Berlin"),
            List.of(),
            BudgetConfig.OnInsufficient.REJECT,
            BudgetConfig.Lost.CHARGE_RESERVED,
            16);
    private static final BudgetSettings BUDGETS = new BudgetSettings(
            Map.of("web", CONFIG), Map.of(), Map.of(), Map.of(), Optional.of(CONFIG), Map.of(), WhenUnknown.CLOSED);

    private final Settings settings = Exchanges.settings(BUDGETS);

    /** Midnight, the end of the month, the day of 25 hours, and a clock that is set back. */
    @Test
    void atEveryTimeTheyAreThoseOfTheCalendar() {
        Instant begin = Instant.parse("2026-10-24T20:00:00Z");
        for (int step = 0; step < 14 * 24 * 4; step++) {
            holds(begin.plus(Duration.ofMinutes(15).multipliedBy(step)));
        }
        holds(begin.minus(Duration.ofDays(40)));
        holds(begin);
    }

    private void holds(Instant now) {
        assertThat(OpenAccounts.of(settings).of(CALLER, now))
                .as("at %s", now)
                .hasSize(4)
                .isEqualTo(Accounts.of(CALLER, BUDGETS, now));
    }
}
