package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link HealthWatch} and {@link HealthChecks}. */
class HealthWatchTests {

    private static final String KEYS = "[ { id: main, value: upk-1 } ]";

    @TempDir
    private Path folder;

    private final List<Boolean> told = new ArrayList<>();
    private KeyRoom room;
    private Provider provider;
    private HealthWatch watch;

    @BeforeEach
    void open() {
        room = new KeyRoom(folder);
        room.good.add("upk-1");
        watch("models");
    }

    @AfterEach
    void close() {
        room.close();
    }

    private void watch(String by) {
        provider = room.serve(KEYS, "health-check: { failures: 2, by: " + by + " }");
        watch = new HealthWatch(
                provider, provider.config().healthCheck().orElseThrow(), room.time, new Random(1), told::add);
    }

    private State after(int list) {
        room.list = list;
        watch.check().block(Duration.ofSeconds(20));
        return provider.breaker().getState();
    }

    @Test
    void anyAnswerOfAServerThatIsThereWillDo() {
        after(0);
        after(401);
        after(404);
        assertThat(told).containsExactly(true, true, true);
        assertThat(watch.view().path("status").asInt()).isEqualTo(404);
        assertThat(room.calls()).as("costs nothing").isEmpty();
    }

    @Test
    void severalFailuresInARowOpenTheBreakerOfAProviderThatNobodyCalls() {
        assertThat(after(503)).isEqualTo(State.CLOSED);
        assertThat(after(503)).isEqualTo(State.OPEN);
        assertThat(Json.string(watch.view(), "state")).isEqualTo("down");
        assertThat(after(200)).as("what a check opened a check closes").isEqualTo(State.CLOSED);
    }

    @Test
    void aCallThatWasAnsweredCountsForMore() {
        after(503);
        provider.breaker().onSuccess(1, TimeUnit.MILLISECONDS);
        assertThat(after(503)).isEqualTo(State.CLOSED);
        assertThat(after(503)).isEqualTo(State.CLOSED);
    }

    @Test
    void whatCallsOpenedNoCheckCloses() {
        provider.breaker().transitionToOpenState();
        assertThat(after(200)).isEqualTo(State.OPEN);
    }

    @Test
    void whatCallsOpenedAfterACheckDidStaysOpen() {
        after(503);
        after(503);
        provider.breaker().transitionToHalfOpenState();
        provider.breaker().transitionToOpenState();
        assertThat(after(200)).isEqualTo(State.OPEN);
    }

    @Test
    void aBreakerThatIsHeldByHandIsLeftAlone() {
        provider.breaker().transitionToDisabledState();
        after(503);
        assertThat(after(503)).isEqualTo(State.DISABLED);
    }

    @Test
    void aConnectionWillDoWhereNoListIsToBeAskedFor() {
        watch("connect");
        watch.check().block(Duration.ofSeconds(20));
        assertThat(told).containsExactly(true);
        assertThat(room.upstream.ledger().exchanges()).isEmpty();
        room.upstream.close();
        watch.check().block(Duration.ofSeconds(20));
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void theMeterComesWithTheFirstCheckAndGoesWithTheProvider() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (HealthChecks checks = new HealthChecks(room.time, meters)) {
            checks.serve(Map.of("first", room.serve(KEYS, "health-check: { every: 10ms }")));
            room.until(() -> meters.get("penstock.health.state").gauge().value() == 1.0);
            room.until(() -> meters.counter("penstock.health.checks", "provider", "first", "outcome", "up")
                            .count()
                    > 2);
            checks.serve(Map.of());
            assertThat(meters.find("penstock.health.state").gauge()).isNull();
            assertThat(checks.view("first")).isEmpty();
        }
    }
}
