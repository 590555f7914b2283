package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.GatewayException;
import dev.penstock.testing.Exchanges;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.scheduler.Schedulers;

/** Tests for {@link RequestTime}. */
class RequestTimeTests {

    private final AtomicLong now = new AtomicLong();
    private final Time time = new Time(Schedulers.immediate(), Schedulers.immediate(), now::get, Clock.systemUTC());

    @ParameterizedTest
    @CsvSource({"1500ms,1500", "2s,2000", "3,3000", "1m,60000"})
    void theHeaderShortens(String header, long millis) {
        assertThat(of(header).within(Duration.ofMinutes(10))).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void theHeaderNeverLengthens() {
        assertThat(of("60m").within(Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whatIsLeftShrinksUntilItIsOver() {
        RequestTime left = of("2s");
        now.addAndGet(Duration.ofMillis(1500).toNanos());
        assertThat(left.within(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(500));
        assertThat(left.allows(Duration.ofMillis(499))).isTrue();
        assertThat(left.allows(Duration.ofMillis(500))).isFalse();
        now.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(left.isOver()).isTrue();
    }

    @Test
    void withoutTheHeaderThereIsNoLimit() {
        RequestTime left =
                RequestTime.of(Exchanges.of(MockServerHttpRequest.post("/").build()), time);
        now.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(left.isOver()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "-1s", "1.5s", "2h", "99999999999s"})
    void anythingElseIsTheCallersMistake(String header) {
        assertThatThrownBy(() -> of(header))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("'x-penstock-timeout' is no duration (expected: a whole number with ms, s or m)");
    }

    private RequestTime of(String header) {
        return RequestTime.of(
                Exchanges.of(MockServerHttpRequest.post("/")
                        .header("x-penstock-timeout", header)
                        .build()),
                time);
    }
}
