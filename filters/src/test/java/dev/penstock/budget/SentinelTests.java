package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Decision.Denied;
import dev.penstock.budget.Decision.Held;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.RedisSettings;
import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.Disposable;
import redis.embedded.RedisSentinel;

/** Budgets on a master and a replica, of which a sentinel makes the one the other's successor. */
class SentinelTests {

    private static final Account ACCOUNT = LedgerContract.account("a", 100);

    private final RealRedis master = new RealRedis("save \"\"");
    private final RealRedis replica = new RealRedis("save \"\"");
    private RedisSentinel sentinel;
    private RedisConnection connection;
    private RedisMember member;
    private Disposable beats;

    @BeforeEach
    void start() throws IOException {
        master.start();
        replica.start();
        replica.run(it -> it.replicaof("127.0.0.1", master.port()));
        until(() -> replica.run(it -> it.info("replication")).contains("master_link_status:up"));
        int port = freePort();
        sentinel = RedisSentinel.newRedisSentinel()
                .bind("127.0.0.1")
                .port(port)
                .masterName("penstock")
                .masterPort(master.port())
                .quorumSize(1)
                .downAfterMilliseconds(500L)
                .failOverTimeout(2000L)
                .onShutdownForceStop(true)
                .build();
        sentinel.start();
        connection = RedisConnection.of(
                new Binder(new MapConfigurationPropertySource(
                                Map.of("r.sentinel.master", "penstock", "r.sentinel.nodes[0]", "127.0.0.1:" + port)))
                        .bindOrCreate("r", RedisSettings.class),
                SslOptions.create());
        member = new RedisMember(connection, "one", ACCOUNT::begins, new Books(ignored -> {}), RedisFaultTests.PACE);
        beats = member.beat.run();
    }

    @AfterEach
    void stop() throws IOException {
        beats.dispose();
        connection.close();
        sentinel.stop();
        master.close();
        replica.close();
    }

    @Test
    void theSuccessorIsToldWhatItDidNotHear() {
        until(() -> member.hold("spent", ACCOUNT, 60) instanceof Held);
        until(() -> master.run(it -> it.info("replication")).contains("state=online"));
        replica.freeze();
        member.settle("spent", ACCOUNT, 30);
        assertThat(member.hold("held", ACCOUNT, 40)).isEqualTo(new Held());
        master.kill();
        assertThat(member.hold("no", ACCOUNT, 10)).isInstanceOf(Decision.Unknown.class);
        replica.thaw();
        until(() -> member.hold("x", ACCOUNT, 10) instanceof Held);
        until(() -> member.standing(ACCOUNT).equals(new Ledger.Standing(30, 50)));
        assertThat(member.hold("y", ACCOUNT, 21)).isEqualTo(new Denied(ACCOUNT, 30, 50, 21));
        String role = replica.run(it -> it.info("replication"));
        assertThat(role).contains("role:master");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 30 s").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
