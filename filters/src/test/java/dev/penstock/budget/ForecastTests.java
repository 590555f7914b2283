package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests for {@link Forecast}. */
class ForecastTests {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final Forecast forecast = new Forecast();
    private final Account account = LedgerContract.account("a", 1000);

    /** So much more each minute, up to and with this one. */
    private void spends(long from, long each, int minutes) {
        for (int minute = 0; minute <= minutes; minute++) {
            forecast.saw(account, from + each * minute, NOON.minus(Duration.ofMinutes(minutes - minute)));
        }
    }

    @Test
    void itIsSpentWhenTheLastHoursRateSays() {
        spends(100, 5, 60);
        assertThat(forecast.spentAt(account, 400, NOON)).contains(NOON.plus(Duration.ofMinutes(120)));
    }

    @Test
    void onlyTheLastHourCounts() {
        spends(0, 5, 20);
        for (int minute = 1; minute <= 90; minute++) {
            forecast.saw(account, 100 + 2 * minute, NOON.plus(Duration.ofMinutes(minute)));
        }
        Instant now = NOON.plus(Duration.ofMinutes(90));
        assertThat(forecast.spentAt(account, 280, now)).contains(now.plus(Duration.ofMinutes(360)));
    }

    @Test
    void whatLastsLongerThanItsWindowIsNotTold() {
        spends(0, 1, 60);
        assertThat(forecast.spentAt(account, 60, NOON)).isEmpty();
    }

    @Test
    void littleIsNoRate() {
        spends(0, 100, 4);
        assertThat(forecast.spentAt(account, 400, NOON)).isEmpty();
        assertThat(new Forecast().spentAt(account, 400, NOON)).isEmpty();
    }

    @Test
    void whatIsSpentOrUntouchedHasNoForecast() {
        spends(1000, 0, 60);
        assertThat(forecast.spentAt(account, 1000, NOON)).isEmpty();
        spends(10, 0, 60);
        assertThat(forecast.spentAt(account, 10, NOON)).isEmpty();
    }
}
