package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link Account} and {@link Money}. */
class AccountTests {

    @ParameterizedTest
    @CsvSource({
        "2026-03-28T23:30:00Z, 2026-03-29 Europe/Berlin, 22:30",
        "2026-10-24T22:30:00Z, 2026-10-25 Europe/Berlin, 24:30",
        "2026-11-25T23:30:00Z, 2026-11-26 Europe/Berlin, 23:30",
    })
    void aDayHasTheHoursThatItsZoneGivesIt(Instant now, String window, String left) {
        List<Account> accounts = Account.of("service:demo", config("25", "", "Europe/Berlin"), now)
                .toList();
        assertThat(accounts).hasSize(1);
        assertThat(accounts.get(0).window()).isEqualTo(window);
        String[] parts = left.split(":");
        Duration rest = Duration.ofHours(Long.parseLong(parts[0])).plusMinutes(Long.parseLong(parts[1]));
        assertThat(Duration.between(now, accounts.get(0).ends())).isEqualTo(rest);
    }

    @Test
    void aMonthEndsWithItsLastDay() {
        Instant now = Instant.parse("2026-11-30T23:59:59Z");
        Account month = Account.of("team:red", config("", "100 USD", "UTC"), now)
                .findFirst()
                .orElseThrow();
        assertThat(month.key()).isEqualTo("team:red:monthly 2026-11-01 UTC");
        assertThat(month.ends()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"25 USD, 25000000000", "25, 25000000000", "0.5 USD, 500000000", "0.000000001, 1"})
    void moneyIsExact(String text, long nanoUsd) {
        assertThat(Money.parse(text)).isEqualTo(new Money(nanoUsd));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "25 EUR", "1e3", "0.0000000001", "9999999", "x"})
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> Money.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static BudgetConfig config(String daily, String monthly, String zone) {
        return new BudgetConfig(
                Money.parse(daily),
                Money.parse(monthly),
                ZoneId.of(zone),
                List.of(50),
                BudgetConfig.OnInsufficient.REJECT,
                BudgetConfig.Lost.CHARGE_RESERVED,
                16);
    }
}
