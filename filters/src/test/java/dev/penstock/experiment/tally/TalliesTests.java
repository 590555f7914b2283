package dev.penstock.experiment.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.penstock.core.Json;
import dev.penstock.exchange.Settings;
import dev.penstock.experiment.ExperimentConfig;
import dev.penstock.experiment.ExperimentConfig.ArmConfig;
import dev.penstock.experiment.ExperimentConfig.StickyBy;
import dev.penstock.experiment.ExperimentConfig.StopConfig;
import dev.penstock.experiment.ExperimentSettings;
import dev.penstock.experiment.Percent;
import dev.penstock.experiment.RolloutConfig;
import dev.penstock.experiment.tally.Tallies.AlreadyScored;
import dev.penstock.testing.Exchanges;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link Tallies} and {@link ExperimentView}. */
class TalliesTests {

    private static final List<String> ARMS = List.of("v1", "v2");

    private final Tallies tallies = new Tallies();
    private final Settings settings = settings(1_000);
    private final long seed = System.nanoTime();

    @Test
    void everyCallIsInItsArm() {
        tallies.apply(1, outcome("r1", "v1", "ok").put("ms", 100).put("cost_nano_usd", 2_000_000_000L));
        ObjectNode fallenBack = outcome("r2", "v1", "ok").put("ms", 300);
        ((ObjectNode) fallenBack.path("decisions")).putObject("FitSchema").put("fallback_used", true);
        tallies.apply(2, fallenBack);
        tallies.apply(3, outcome("r3", "v1", "cancelled"));
        tallies.apply(4, outcome("r4", "v1", "upstream_invalid").put("cost_nano_usd", 500_000_000L));
        tallies.apply(5, outcome("r5", "v2", "ok").put("ms", 1));
        JsonNode arm = view().path("arms").path(0);
        assertThat(arm.path("calls").asInt()).isEqualTo(4);
        assertThat(arm.path("answered").asInt()).isEqualTo(2);
        assertThat(arm.path("cancelled").asInt()).isEqualTo(1);
        assertThat(arm.path("failed").asInt()).isEqualTo(1);
        assertThat(arm.path("cost_usd").decimalValue()).isEqualByComparingTo("2.5");
        assertThat(arm.path("fallback_rate").asDouble()).isEqualTo(0.5);
        assertThat(arm.path("repair_rate").asDouble()).isZero();
        assertThat(arm.path("latency_ms").path("mean").asInt()).isEqualTo(200);
        assertThat(arm.path("latency_ms").path("p50").asDouble()).isBetween(100.0, 110.0);
        assertThat(arm.path("latency_ms").path("p95").asDouble()).isBetween(300.0, 330.0);
        assertThat(view().path("arms").path(1).path("calls").asInt()).isEqualTo(1);
    }

    @Test
    void anAnswerIsScoredOnce() {
        tallies.apply(1, outcome("r1", "v1", "ok"));
        long key = Tallies.key("demo", "r1");
        assertThat(tallies.claim(key)).isPresent();
        assertThatThrownBy(() -> tallies.claim(key)).isInstanceOf(AlreadyScored.class);
        tallies.release(key);
        assertThat(tallies.claim(key)).isPresent();
        tallies.apply(2, feedback("r1", "v1", 7, 400_000).put("label", "meh"));
        assertThatThrownBy(() -> tallies.claim(key)).isInstanceOf(AlreadyScored.class);
        JsonNode arm = view().path("arms").path(0);
        assertThat(arm.path("scores").asInt()).isEqualTo(1);
        assertThat(arm.path("score_mean").asDouble()).isEqualTo(0.4);
        assertThat(arm.path("labels").path("meh").asInt()).isEqualTo(1);
    }

    @Test
    void anAnswerOfAnotherServiceIsNotKnownNorIsOneThatFailed() {
        tallies.apply(1, outcome("r1", "v1", "ok"));
        tallies.apply(2, outcome("r2", "v1", "upstream_invalid"));
        assertThat(tallies.claim(Tallies.key("other", "r1"))).isEmpty();
        assertThat(tallies.claim(Tallies.key("demo", "r2"))).isEmpty();
    }

    @Test
    void aRequestIdThatIsUsedAgainStandsForItsLastAnswer() {
        tallies.apply(1, outcome("r1", "v1", "ok"));
        tallies.apply(2, feedback("r1", "v1", 5, 0));
        ObjectNode plain = outcome("r1", "", "ok");
        plain.remove("decisions");
        tallies.apply(3, plain);
        assertThat(tallies.claim(Tallies.key("demo", "r1")).orElseThrow().experiment())
                .isEmpty();
        tallies.apply(4, outcome("r1", "v2", "ok"));
        assertThat(tallies.claim(Tallies.key("demo", "r1")).orElseThrow().arm()).isEqualTo("v2");
    }

    @Test
    void theOldestAnswersAreForgottenFirst() {
        for (int i = 0; i <= Tallies.MOST_ANSWERS; i++) {
            tallies.apply(i, outcome("r" + i, "v1", "ok"));
        }
        assertThat(tallies.claim(Tallies.key("demo", "r0"))).isEmpty();
        assertThat(tallies.claim(Tallies.key("demo", "r1"))).isPresent();
    }

    @Test
    void aWinnerStaysWhateverComesLater() {
        System.out.println("TalliesTests: scores are drawn by seed " + seed);
        int scores = scored(0.2, 0.9, 1_000);
        assertThat(view().path("state").stringValue())
                .as("after %d, seed %d", scores, seed)
                .isEqualTo("decided");
        assertThat(view().path("statement").path("winner").stringValue()).isEqualTo("v2");
        long counted = view().path("arms").path(1).path("scores_in_verdict").asLong();
        for (int i = 0; i < 1_000; i++) {
            tallies.apply(i, feedback("later" + i, "v2", i % 1024, 0));
        }
        assertThat(view().path("statement").path("winner").stringValue()).isEqualTo("v2");
        assertThat(view().path("arms").path(1).path("scores_in_verdict").asLong())
                .isEqualTo(counted);
        assertThat(view().path("arms").path(1).path("scores").asLong()).isGreaterThan(counted + 900);
    }

    @Test
    void withoutAWinnerTheStopConditionEndsIt() {
        System.out.println("TalliesTests: scores are drawn by seed " + seed);
        for (int i = 0; i < 1_000; i++) {
            assertThat(view().path("state").stringValue()).isEqualTo("running");
            tallies.apply(i, feedback("r" + i, ARMS.get(i % 2), i % 1024, 500_000));
        }
        assertThat(view().path("state").stringValue()).isEqualTo("stopped");
        assertThat(view().path("statement").has("winner")).isFalse();
        assertThat(view().path("statement").path("says").stringValue()).contains("no arm was found");
    }

    @Test
    void aStatementSaysHowFarApartArmsAreAndThatFewCallersSayNothing() {
        tallies.apply(1, feedback("r", "v1", 1, 500_000));
        assertThat(view().path("statement").path("says").stringValue()).startsWith("nothing yet: too few callers");
        assertThat(view().path("statement").path("comparisons")).isEmpty();
        System.out.println("TalliesTests: scores are drawn by seed " + seed);
        scored(0.5, 0.5, 400);
        JsonNode comparison = view().path("statement").path("comparisons").path(0);
        assertThat(comparison.path("arm").stringValue()).isEqualTo("v2");
        assertThat(comparison.path("against").stringValue()).isEqualTo("v1");
        double middle =
                (comparison.path("low").asDouble() + comparison.path("high").asDouble()) / 2;
        assertThat(comparison.path("difference").asDouble()).isCloseTo(middle, within(1e-9));
    }

    @Test
    void scoresOfAnExperimentThatIsNoLongerDeclaredChangeNoVerdict() {
        ObjectNode late = feedback("r", "v1", 1, 500_000);
        late.remove("arms");
        tallies.apply(1, late);
        assertThat(view().path("arms").path(0).path("scores").asInt()).isEqualTo(1);
        assertThat(view().path("arms").path(0).path("scores_in_verdict").asInt())
                .isZero();
    }

    @Test
    void aSnapshotIsTheSameState() {
        System.out.println("TalliesTests: scores are drawn by seed " + seed);
        for (int i = 0; i < 50; i++) {
            tallies.apply(
                    i, outcome("r" + i, ARMS.get(i % 2), "ok").put("ms", i * 37).put("cost_nano_usd", i));
        }
        tallies.apply(50, feedback("r1", "v2", 3, 250_000).put("label", "good"));
        ObjectNode plain = outcome("plain", "", "ok");
        plain.remove("decisions");
        tallies.apply(51, plain);
        scored(0.4, 0.6, 300);
        Tallies other = new Tallies();
        other.restore(tallies.snapshot());
        assertThat(other.snapshot()).isEqualTo(tallies.snapshot());
        assertThat(new ExperimentView(other).of("tone", settings)).isEqualTo(Optional.of(view()));
        assertThatThrownBy(() -> other.claim(Tallies.key("demo", "r1"))).isInstanceOf(AlreadyScored.class);
        assertThat(other.claim(Tallies.key("demo", "r2"))).isPresent();
        assertThat(other.claim(Tallies.key("demo", "plain"))).isPresent();
    }

    @Test
    void aSnapshotThatDidNotKnowExperimentsIsEmpty() {
        tallies.restore(Json.object());
        assertThat(view().path("arms").path(0).path("calls").asInt()).isZero();
        assertThat(new ExperimentView(tallies).of("another", settings)).isEmpty();
    }

    /** Scores of both arms in turn, good at these rates, until there is a verdict or {@code most} were given. */
    private int scored(double first, double second, int most) {
        Random random = new Random(seed);
        for (int i = 0; i < most; i++) {
            if (!view().path("state").stringValue().equals("running")) {
                return i;
            }
            boolean good = random.nextDouble() < (i % 2 == 0 ? first : second);
            tallies.apply(i, feedback("s" + i, ARMS.get(i % 2), random.nextInt(1024), good ? 1_000_000 : 0));
        }
        return most;
    }

    private ObjectNode view() {
        return new ExperimentView(tallies).of("tone", settings).orElseThrow();
    }

    private static ObjectNode outcome(String id, String arm, String word) {
        ObjectNode record =
                Json.object().put("type", "outcome").put("request_id", id).put("outcome", word);
        record.putObject("who").put("service", "demo");
        record.putObject("decisions")
                .putObject("AssignVariant")
                .put("experiment", "tone")
                .put("arm", arm)
                .put("group", 5);
        return record;
    }

    private static ObjectNode feedback(String id, String arm, int group, long millionths) {
        ObjectNode record = Json.object().put("type", "feedback").put("request_id", id);
        record.putObject("who").put("service", "demo");
        record.put("score_millionths", millionths)
                .put("experiment", "tone")
                .put("arm", arm)
                .put("group", group);
        ArrayNode arms = record.putArray("arms");
        ARMS.forEach(arms::add);
        return record.put("until", 1_000);
    }

    static Settings settings(int stop) {
        List<ArmConfig> arms = ARMS.stream()
                .map(name -> new ArmConfig(Optional.of(name), Optional.empty(), 1))
                .toList();
        ExperimentConfig config = new ExperimentConfig(
                Optional.of("social-media"), Optional.empty(), arms, StickyBy.USER, new StopConfig(stop));
        return Exchanges.settings(new ExperimentSettings(Map.of("tone", config), new RolloutConfig(new Percent(100))));
    }
}
