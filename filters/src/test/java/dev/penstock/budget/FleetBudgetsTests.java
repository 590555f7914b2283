package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link FleetBudgets}. */
class FleetBudgetsTests {

    @TempDir
    Path directory;

    @Test
    void settingsOfRedisThatLoseMoneyAreNamed() {
        assertThat(FleetBudgets.problems(settings("maxmemory-policy allkeys-lru")))
                .containsExactly(
                        "maxmemory-policy is 'allkeys-lru' (expected: noeviction, else it may forget what was spent)",
                        "appendonly is 'no' (expected: yes, else a restart forgets what was spent)");
        assertThat(FleetBudgets.problems(settings("appendonly yes", "dir " + directory)))
                .isEmpty();
    }

    private static Map<String, String> settings(String... lines) {
        try (RealRedis redis = new RealRedis(lines)) {
            redis.start();
            try (RedisConnection connection = redis.connection()) {
                return new RedisMoney(connection, "one", () -> "").settings().join();
            }
        }
    }
}
