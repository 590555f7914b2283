package dev.penstock.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import dev.penstock.usage.UsageView.By;
import dev.penstock.usage.UsageView.Usage;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link RedisUsage}: whichever instance is asked answers for all. */
class RedisUsageTests {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RealRedis redis = RealRedis.shared();
    private final List<Instance> instances = new ArrayList<>();
    private Instance one;
    private Instance two;

    /** One gateway's part of it; written when the test says so. */
    private static final class Instance implements AutoCloseable {

        private final UsageSums sums = new UsageSums();
        private final RedisConnection connection;
        private final RedisUsage usage;
        private int calls;

        private Instance(String name, RealRedis redis) {
            connection = redis.connection();
            usage = new RedisUsage(connection, name, sums, NEVER, PATIENCE);
        }

        private void call(Instant time, long cost) {
            ObjectNode outcome = UsageSumsTests.outcome(time, "demo");
            UsageSumsTests.attempt(outcome, "openai", "ok", true, cost);
            sums.apply(++calls, outcome);
        }

        private Usage asked() {
            return new UsageView(sums, usage)
                    .rows(List.of(By.SERVICE), NOON.minus(Duration.ofDays(20)), NOON.plus(NEVER), Duration.ofDays(40))
                    .block();
        }

        private long nanoUsd() {
            return asked().rows().path(0).path("cost_nano_usd").asLong();
        }

        private void write() {
            usage.written().block();
        }

        @Override
        public void close() {
            usage.close();
            connection.close();
        }
    }

    private Instance instance(String name) {
        Instance made = new Instance(name, redis);
        instances.add(made);
        return made;
    }

    @BeforeEach
    void start() {
        one = instance("one");
        two = instance("two");
    }

    @AfterEach
    void stop() {
        instances.forEach(Instance::close);
    }

    @Test
    void aRedisThatCameBackOlderIsToldAllAgain(@TempDir Path folder) {
        try (RealRedis old = new RealRedis("save \"\"", "dir " + folder)) {
            old.start();
            try (Instance mine = new Instance("one", old);
                    Instance other = new Instance("two", old)) {
                mine.call(NOON, 5);
                mine.write();
                old.run(RedisCommands::save);
                mine.call(NOON, 70);
                mine.write();
                old.kill();
                old.start();
                long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (other.nanoUsd() != 75) {
                    assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
                    mine.write();
                }
            }
        }
    }

    @Test
    void eachAnswersForAll() {
        one.call(NOON, 5);
        two.call(NOON, 70);
        two.call(NOON.minus(NEVER), 100);
        one.write();
        two.write();
        assertThat(one.nanoUsd()).isEqualTo(175);
        assertThat(two.nanoUsd()).isEqualTo(175);
        assertThat(one.asked().instances()).isEqualTo(2);
        assertThat(one.asked().complete()).isTrue();
    }

    @Test
    void whatIsWrittenTwiceIsCountedOnce() {
        one.call(NOON, 5);
        one.write();
        one.call(NOON, 5);
        one.write();
        one.write();
        assertThat(two.nanoUsd()).isEqualTo(10);
    }

    @Test
    void hoursThatBecameADayAreCountedOnce() {
        for (int hour = 240; hour > 0; hour--) {
            one.call(NOON.minus(Duration.ofHours(hour)), 1);
            one.write();
        }
        assertThat(two.nanoUsd()).isEqualTo(240);
    }

    @Test
    void aRunThatEndedBeforeItWroteLeavesNothingTwice() {
        one.call(NOON.minus(Duration.ofDays(9)), 1);
        one.call(NOON.minus(Duration.ofDays(9)).plus(NEVER), 1);
        one.write();
        one.call(NOON, 1);
        Instance next = instance("one");
        next.sums.restore(one.sums.snapshot());
        next.write();
        assertThat(two.nanoUsd()).isEqualTo(3);
    }

    @Test
    void whatRedisLostIsWrittenAgain() {
        one.call(NOON, 5);
        one.call(NOON.minus(NEVER), 5);
        one.write();
        redis.flush();
        assertThat(two.nanoUsd()).isZero();
        one.write();
        one.write();
        assertThat(two.nanoUsd()).isEqualTo(10);
    }

    @Test
    void withoutRedisAnInstanceAnswersForItselfAndSaysSo() {
        try (RealRedis other = new RealRedis();
                Instance alone = new Instance("alone", other)) {
            alone.call(NOON, 5);
            alone.write();
            assertThat(alone.nanoUsd()).isEqualTo(5);
            assertThat(alone.asked().complete()).isFalse();
            other.start();
            alone.write();
            assertThat(alone.asked().complete()).isTrue();
        }
    }
}
