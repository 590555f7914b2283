package dev.penstock.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link Resets} and {@link Usd}. */
class ResetsTests {

    @ParameterizedTest
    @CsvSource({"0, 0ms", "120, 120ms", "1000, 1s", "1001, 2s", "360000, 6m0s", "3723000, 1h2m3s"})
    void timesAreWrittenAsOpenAiWritesThem(long millis, String text) {
        assertThat(Resets.of(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.000000001", "214000, 0.000214", "25000000000, 25"})
    void moneyHasNoExponent(long nanoUsd, String text) {
        assertThat(Usd.of(nanoUsd)).isEqualTo(text);
    }
}
