package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.LimitsContract;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import redis.embedded.RedisServer;

/** Tests for {@link RedisLimits}. */
class RedisLimitsTests extends LimitsContract {
    static RedisServer server;
    static RedisClient client;
    static StatefulRedisConnection<String, String> connection;

    @BeforeAll
    static void start() throws Exception {
        server = new RedisServer(17555);
        server.start();
        client = RedisClient.create("redis://127.0.0.1:17555");
        connection = client.connect();
    }

    @AfterAll
    static void stop() throws Exception {
        client.shutdown();
        server.stop();
    }

    @BeforeEach
    void empty() {
        connection.sync().flushall();
    }

    private final RedisLimits limits = new RedisLimits(
            new RedisCounts(() -> CompletableFuture.completedFuture(connection.async())),
            new Words(
                    Duration.ofSeconds(30),
                    10,
                    () -> Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()))),
            new Leases("a"));

    @Override
    protected Limits limits() {
        return limits;
    }
}
