package dev.penstock.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Tests for {@link Refusals}. */
class RefusalsTests {

    private final Shelf shelf = new Shelf();
    private final Hands hands = new Hands();
    private final Refusals refusals = new Refusals(new AuditLog(shelf, hands), hands);

    @Test
    void aFloodIsTwentyRecordsAndACount() {
        knock(120, "10.0.0.1");
        knock(3, "10.0.0.2");
        assertThat(shelf.records()).hasSize(23);
        hands.now = hands.now.plusSeconds(1);
        refusals.flush();
        assertThat(shelf.records()).hasSize(24);
        assertThat(shelf.records().get(23).path("count").asInt()).isEqualTo(100);
        assertThat(shelf.records().get(23).path("who").path("ip").stringValue()).isEqualTo("10.0.0.1");
    }

    @Test
    void reasonsAreCountedApart() {
        knock(30, "10.0.0.1");
        for (int i = 0; i < 25; i++) {
            refusals.write(
                    true, "10.0.0.1", Json.object().put("type", "refusal").put("outcome", "route_unknown"));
        }
        refusals.close();
        assertThat(shelf.records().stream()
                        .filter(record -> record.has("count"))
                        .map(record -> record.path("outcome").stringValue()
                                + record.path("count").asInt()))
                .containsExactlyInAnyOrder("key_unknown10", "route_unknown5");
    }

    @Test
    void everySecondBeginsAnew() {
        for (int second = 0; second < 5; second++) {
            knock(21, "10.0.0.1");
            hands.now = hands.now.plusSeconds(1);
        }
        refusals.close();
        assertThat(shelf.records().stream()
                        .mapToInt(record -> record.path("count").asInt(1))
                        .sum())
                .isEqualTo(105);
    }

    @Test
    void aKnownCallersRefusalsAreAllRecorded() {
        for (int i = 0; i < 50; i++) {
            refusals.write(false, "10.0.0.1", Json.object().put("type", "refusal"));
        }
        assertThat(shelf.records()).hasSize(50);
    }

    private void knock(int times, String source) {
        for (int i = 0; i < times; i++) {
            refusals.write(true, source, Json.object().put("type", "refusal").put("outcome", "key_unknown"));
        }
    }

    /** A clock that stands still until it is moved. */
    private static final class Hands extends Clock {

        private Instant now = Instant.parse("2020-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
