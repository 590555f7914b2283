package dev.penstock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import redis.embedded.RedisSentinel;

/** Ways to a Redis, by Spring's names: with a password, as a user, by a URL, by what sentinels know. */
class RedisWaysTests {

    private static final RedisScript ECHO = RedisScript.of(RedisScriptTests.class, "echo.lua");

    private static RedisConnection connection(Map<String, Object> settings) {
        return RedisConnection.of(settings(settings), SslOptions.create());
    }

    private static RedisSettings settings(Map<String, Object> settings) {
        Map<String, Object> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("r." + name, value));
        return new Binder(new MapConfigurationPropertySource(named)).bindOrCreate("r", RedisSettings.class);
    }

    private static List<Object> echo(Map<String, Object> settings) {
        try (RedisConnection connection = connection(settings)) {
            return ECHO.run(connection, List.of("a"), List.of("1")).join();
        }
    }

    @Test
    void aPasswordOpensAndAWrongOneIsTold() {
        try (RealRedis redis = new RealRedis()) {
            redis.start();
            redis.run(it -> it.configSet("requirepass", "secret"));
            int port = redis.port();
            assertThat(echo(Map.of("port", port, "password", "secret"))).containsExactly("a", "1");
            assertThat(echo(Map.of("url", "redis://:secret@127.0.0.1:" + port))).containsExactly("a", "1");
            refused(Map.of("port", port), "NOAUTH");
            refused(Map.of("port", port, "password", "another"), "WRONGPASS");
        }
    }

    private static void refused(Map<String, Object> settings, String word) {
        assertThatThrownBy(() -> echo(settings))
                .isInstanceOf(CompletionException.class)
                .matches(Presence::tells, "means that the store is away")
                .satisfies(failure -> assertThat(Presence.reason(failure)).endsWith(word));
    }

    @Test
    void aUserHasWhatItsListAllows() {
        try (RealRedis redis = new RealRedis("user gateway on >secret ~* +@all")) {
            redis.start();
            Map<String, Object> user = Map.of("port", redis.port(), "username", "gateway", "password", "secret");
            assertThat(echo(user)).containsExactly("a", "1");
        }
    }

    @Test
    void aConnectionThatSwallowsWhatItIsToldIsGivenUpForAnother() throws Exception {
        try (RealRedis redis = new RealRedis();
                RedisFront front = new RedisFront(redis.port(), ServerSocketFactory.getDefault(), 0)) {
            redis.start();
            RedisSettings settings = settings(Map.of("host", "127.0.0.1", "port", front.port()));
            AtomicInteger lost = new AtomicInteger();
            try (RedisConnection connection =
                    RedisConnection.of(settings, SslOptions.create(), Duration.ofMillis(500))) {
                connection.onLost(lost::incrementAndGet);
                assertThat(ECHO.run(connection, List.of("a"), List.of("1")).join())
                        .containsExactly("a", "1");
                front.swallow();
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (!answers(connection)) {
                    assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
                }
                assertThat(lost).hasValue(1);
            }
        }
    }

    private static boolean answers(RedisConnection connection) {
        return ECHO.run(connection, List.of("a"), List.of("1"))
                .orTimeout(250, TimeUnit.MILLISECONDS)
                .handle((answer, failed) -> failed == null)
                .join();
    }

    /** Of Spring's, by its name; the Redis that the build brings speaks no TLS by itself. */
    @Test
    void whoeverShowsACertificateOfTheBundleIsBelievedAndNobodyElse(@TempDir Path folder) throws Exception {
        try (RealRedis redis = new RealRedis();
                RedisFront front = new RedisFront(redis.port(), certified(folder), 0)) {
            redis.start();
            Map<String, String> settings = Map.of(
                    "penstock.store", "redis",
                    "spring.data.redis.port", Integer.toString(front.port()),
                    "spring.data.redis.host", "127.0.0.1",
                    "spring.data.redis.ssl.bundle", "redis",
                    "spring.ssl.bundle.jks.redis.truststore.location", "file:" + folder.resolve("store.p12"),
                    "spring.ssl.bundle.jks.redis.truststore.password", "changeit");
            assertThat(echoOf(settings)).containsExactly("a", "1");
            Map<String, String> anyone = new HashMap<>(settings);
            anyone.keySet().removeIf(name -> name.contains("bundle"));
            anyone.put("spring.data.redis.ssl.enabled", "true");
            assertThatThrownBy(() -> echoOf(anyone))
                    .isInstanceOf(CompletionException.class)
                    .matches(Presence::tells, "means that the store is away");
        }
    }

    private static List<Object> echoOf(Map<String, String> settings) {
        List<Object> answer = new ArrayList<>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, StoreAutoConfiguration.class))
                .withPropertyValues(settings.entrySet().stream()
                        .map(it -> it.getKey() + "=" + it.getValue())
                        .toArray(String[]::new))
                .run(it -> answer.addAll(ECHO.run(it.getBean(RedisConnection.class), List.of("a"), List.of("1"))
                        .join()));
        return answer;
    }

    /** Sockets with a certificate of their own, for 127.0.0.1, that is left in a store. */
    private static ServerSocketFactory certified(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "SAN=ip:127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        assertThat(made).isZero();
        SslBundle bundle = SslBundle.of(
                new JksSslStoreBundle(
                        JksSslStoreDetails.forLocation("file:" + store).withPassword("changeit"), null),
                SslBundleKey.of("changeit"));
        return bundle.createSslContext().getServerSocketFactory();
    }

    @Test
    void sentinelsSayWhereTheMasterIs() throws IOException {
        try (RealRedis redis = new RealRedis()) {
            redis.start();
            int port = freePort();
            RedisSentinel sentinel = RedisSentinel.newRedisSentinel()
                    .bind("127.0.0.1")
                    .port(port)
                    .masterName("penstock")
                    .masterPort(redis.port())
                    .quorumSize(1)
                    .onShutdownForceStop(true)
                    .build();
            sentinel.start();
            try {
                Map<String, Object> settings =
                        Map.of("sentinel.master", "penstock", "sentinel.nodes[0]", "127.0.0.1:" + port);
                assertThat(inTime(settings)).containsExactly("a", "1");
            } finally {
                sentinel.stop();
            }
        }
    }

    /** A sentinel needs a moment to know. */
    private static List<Object> inTime(Map<String, Object> settings) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                return echo(settings);
            } catch (CompletionException unknown) {
                if (System.nanoTime() > end) {
                    throw unknown;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
