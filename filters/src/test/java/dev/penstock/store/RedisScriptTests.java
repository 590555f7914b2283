package dev.penstock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests for {@link RedisScript}, {@link RedisConnection} and {@link RealRedis}. */
class RedisScriptTests {

    private static final RedisScript ECHO = RedisScript.of(RedisScriptTests.class, "echo.lua");

    @Test
    void aScriptThatRedisForgotIsToldAgain() {
        RealRedis redis = RealRedis.shared();
        try (RedisConnection connection = redis.connection()) {
            assertThat(echo(connection)).containsExactly("a", "1");
            redis.run(it -> it.scriptFlush());
            assertThat(echo(connection)).containsExactly("a", "1");
        }
    }

    @Test
    void oneCallFindsOutThatRedisIsAwayAndNoOtherWaits() {
        AtomicInteger lost = new AtomicInteger();
        try (RealRedis redis = new RealRedis();
                RedisConnection connection = redis.connection()) {
            assertThatThrownBy(() -> echo(connection)).hasRootCauseInstanceOf(IOException.class);
            redis.start();
            assertThat(echo(connection)).containsExactly("a", "1");
            connection.onLost(lost::incrementAndGet);
            redis.kill();
            // what is sent before that stays with the connection, and is sent again by the next one
            until(lost);
            assertThatThrownBy(() -> echo(connection)).matches(Presence::tells, "means that Redis is away");
            long before = System.nanoTime();
            assertThatThrownBy(() -> echo(connection))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(RedisException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            redis.start();
        }
    }

    @Test
    void aConnectionThatBreaksIsLostAndOneThatIsClosedIsNot() {
        AtomicInteger lost = new AtomicInteger();
        RealRedis redis = RealRedis.shared();
        try (RedisConnection connection = redis.connection()) {
            connection.onLost(lost::incrementAndGet);
            echo(connection);
            redis.run(it -> it.clientKill(KillArgs.Builder.typeNormal().skipme()));
            until(lost);
        }
        assertThat(lost).hasValue(1);
    }

    @Test
    void aFrozenRedisGoesOnWhereItStopped() throws Exception {
        try (RealRedis redis = new RealRedis()) {
            redis.start();
            try (RedisConnection connection = redis.connection()) {
                echo(connection);
                redis.freeze();
                var late = ECHO.run(connection, List.of("a"), List.of("1"));
                assertThatThrownBy(() -> late.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
                redis.thaw();
                assertThat(late.join()).containsExactly("a", "1");
            }
        }
    }

    private static List<Object> echo(RedisConnection connection) {
        return ECHO.run(connection, List.of("a"), List.of("1")).join();
    }

    private static void until(AtomicInteger lost) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (lost.get() == 0) {
            assertThat(System.nanoTime()).as("told within 20 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
