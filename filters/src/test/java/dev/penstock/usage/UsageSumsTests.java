package dev.penstock.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link UsageSums} and {@link UsageView}. */
class UsageSumsTests {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-26T00:00:00Z");

    private final UsageSums sums = new UsageSums();
    private final UsageView view = new UsageView(sums, OtherInstances.NONE);

    @Test
    void everyAttemptThatLeftIsInItsRow() {
        ObjectNode outcome = outcome(NOON, "demo");
        attempt(outcome, "openai", "unavailable", true, null);
        attempt(outcome, "anthropic", "ok", true, 70L);
        attempt(outcome, "mock", "busy", false, null);
        sums.apply(1, outcome);
        ArrayNode rows = rows(List.of(UsageView.By.PROVIDER), NOON, Duration.ofDays(1));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).path("provider").stringValue()).isEqualTo("anthropic");
        assertThat(rows.get(0).path("requests").asInt()).isEqualTo(1);
        assertThat(rows.get(0).path("cost_nano_usd").asLong()).isEqualTo(70);
        assertThat(rows.get(1).path("requests").asInt()).isZero();
        assertThat(rows.get(1).path("attempts").asInt()).isEqualTo(1);
        assertThat(rows.get(1).path("unpriced_attempts").asInt()).isEqualTo(1);
    }

    @Test
    void stepsBeginWhereTheQuestionDoes() {
        for (int hour = 0; hour < 6; hour++) {
            ObjectNode outcome = outcome(NOON.plus(Duration.ofHours(hour)), "demo");
            attempt(outcome, "openai", "ok", true, 1L);
            sums.apply(hour, outcome);
        }
        ArrayNode rows = rows(List.of(), NOON, Duration.ofHours(3));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).path("from").stringValue()).isEqualTo("2026-11-25T15:00:00Z");
        assertThat(rows.get(1).path("requests").asInt()).isEqualTo(3);
    }

    @Test
    void oldHoursBecomeDaysAndNothingIsLost() {
        for (int hour = 0; hour < 240; hour++) {
            ObjectNode outcome = outcome(NOON.minus(Duration.ofHours(240 - hour)), "demo");
            attempt(outcome, "openai", "ok", true, 1L);
            sums.apply(hour, outcome);
        }
        assertThat(sums.snapshot().path("slots").size()).isLessThan(85);
        ArrayNode rows = rows(List.of(), NOON.minus(Duration.ofDays(30)), Duration.ofDays(60));
        assertThat(rows.get(0).path("cost_nano_usd").asLong()).isEqualTo(240);
    }

    @Test
    void aSnapshotIsTheSameState() {
        ObjectNode outcome = outcome(NOON, "demo");
        attempt(outcome, "openai", "ok", true, 5L);
        sums.apply(1, outcome);
        UsageSums other = new UsageSums();
        other.restore(sums.snapshot());
        assertThat(other.snapshot()).isEqualTo(sums.snapshot());
    }

    private ArrayNode rows(List<UsageView.By> by, Instant from, Duration step) {
        return view.rows(by, from, TOMORROW, step).block().rows();
    }

    static ObjectNode outcome(Instant time, String service) {
        ObjectNode outcome = Json.object().put("type", "outcome").put("time", time.toString());
        outcome.put("outcome", "ok").put("provider", "any");
        outcome.putObject("who").put("service", service).put("team", "red");
        outcome.putArray("attempts");
        return outcome;
    }

    static void attempt(ObjectNode outcome, String provider, String reason, boolean sent, Long cost) {
        ObjectNode attempt = ((ArrayNode) outcome.get("attempts")).addObject();
        attempt.put("provider", provider)
                .put("model", "m")
                .put("reason", reason)
                .put("sent", sent);
        attempt.putObject("usage").put("input", 3).put("output", 2);
        if (cost != null) {
            attempt.put("cost_nano_usd", cost);
        }
    }
}
