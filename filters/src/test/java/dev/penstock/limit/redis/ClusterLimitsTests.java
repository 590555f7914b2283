package dev.penstock.limit.redis;

import dev.penstock.limit.bucket.Limits;
import dev.penstock.limit.bucket.LimitsContract;
import dev.penstock.store.RealCluster;
import dev.penstock.store.RedisConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests for {@link RedisLimits} on a cluster of three masters. */
class ClusterLimitsTests extends LimitsContract {

    private static RealCluster cluster;
    private static RedisConnection connection;

    private final RedisCounts counts = new RedisCounts(connection);
    private final RedisLimits limits = new RedisLimits(
            counts,
            new Words(
                    Duration.ofSeconds(30),
                    10,
                    () -> Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()))),
            new Leases("a"),
            new Ended(counts::remove));

    @BeforeAll
    static void start() {
        cluster = RealCluster.start();
        connection = cluster.connection();
    }

    @AfterAll
    static void stop() {
        connection.close();
        cluster.close();
    }

    @BeforeEach
    void empty() {
        cluster.flush();
    }

    @Override
    protected Limits limits() {
        return limits;
    }
}
