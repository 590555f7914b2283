package dev.penstock.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.SecurityEvent;
import dev.penstock.exchange.Settings;
import dev.penstock.keys.CallerSettings.CallerKeyConfig;
import dev.penstock.keys.CallerSettings.ServiceConfig;
import dev.penstock.keys.KeyDesk.Wanted;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.register.Registers;
import dev.penstock.testing.Exchanges;
import dev.penstock.testing.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import tools.jackson.databind.node.ObjectNode;

/** What holds for issued keys wherever they are kept. */
class KeyStoreTests {

    private static final Settings SETTINGS = settings("psk_declared");

    /** Where they are kept. */
    enum Kept {
        IN_A_FILE,
        IN_REDIS
    }

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final VirtualClock clock = new VirtualClock("2026-01-01T00:00:30Z");
    private RealRedis redis;

    private KeyRoom open(Kept kept) {
        Registers registers;
        if (kept == Kept.IN_A_FILE) {
            registers = Registers.in(folder);
        } else {
            redis = redis == null ? RealRedis.shared() : redis;
            RedisConnection connection = redis.connection();
            opened.add(connection);
            registers = Registers.of(connection);
        }
        opened.add(0, registers);
        KeyRoom room = new KeyRoom(registers, DataPort.LOOPBACK, clock);
        registers.named("keys").refresh().join();
        registers.named("key-use").refresh().join();
        return room;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private static Settings settings(String declared) {
        ServiceConfig billing = new ServiceConfig(
                Optional.of("finance"),
                List.of(new CallerKeyConfig("main", Optional.of(declared), Optional.empty(), false, Optional.empty())),
                List.of("default"),
                Optional.empty(),
                List.of(),
                List.of());
        return Exchanges.settings(new CallerSettings(Map.of("billing", billing), Map.of()));
    }

    private static ObjectNode issued(KeyRoom room, Optional<Instant> expires) {
        return room.desk
                .issue(new Wanted(KeyForm.CALLER.id(), "billing", "CI", expires))
                .join();
    }

    private static Caller caller(KeyRoom room, String key) {
        return room.callers.of(request(key), SETTINGS).block();
    }

    private static void refused(KeyRoom room, String key) {
        assertThatThrownBy(() -> caller(room, key))
                .isInstanceOfSatisfying(
                        GatewayException.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.KEY_UNKNOWN))
                .hasMessageNotContaining(key);
    }

    private static MockServerHttpRequest request(String key) {
        return MockServerHttpRequest.post("/").header("x-api-key", key).build();
    }

    @ParameterizedTest
    @EnumSource
    void anIssuedKeyNamesItsServiceAtOnceEverywhereAndAfterARestart(Kept kept) {
        KeyRoom room = open(kept);
        KeyRoom other = kept == Kept.IN_REDIS ? open(kept) : room;
        ObjectNode issued = issued(room, Optional.empty());
        String key = Json.string(issued, "key");
        for (KeyRoom each : List.of(room, other, open(kept))) {
            Caller caller = caller(each, key);
            assertThat(caller.service()).isEqualTo("billing");
            assertThat(caller.team()).isEqualTo("finance");
            assertThat(caller.keyId()).isEqualTo(Json.string(issued, "id"));
            assertThat(caller.models()).containsExactly("default");
        }
    }

    @ParameterizedTest
    @EnumSource
    void noSecretAndNoPlainDigestIsStored(Kept kept) throws Exception {
        KeyRoom room = open(kept);
        String key = Json.string(issued(room, Optional.empty()), "key");
        String stored = kept == Kept.IN_A_FILE
                ? Files.readString(folder.resolve("keys.json"))
                : redis.run(it -> it.hgetall("penstock:{register}:1:keys")).toString();
        assertThat(stored).contains("hmac:").doesNotContain(key, Digest.of(key).hex());
        String digest = stored.substring(stored.indexOf("hmac:") + 5, stored.indexOf("hmac:") + 69);
        refused(room, digest);
        refused(room, "hmac:" + digest);
        assertThat(room.desk.all(SETTINGS).toString()).doesNotContain(key, digest);
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedKeyIsUnknownAndItsUseIsTold(Kept kept) {
        KeyRoom room = open(kept);
        ObjectNode issued = issued(room, Optional.empty());
        String key = Json.string(issued, "key");
        caller(room, key);
        room.desk.revoke(Json.string(issued, "id"), SETTINGS).join();
        refused(room, key);
        assertThat(room.events).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(SecurityEvent.Kind.REVOKED_KEY_USED);
            assertThat(event.subject()).isEqualTo(Json.string(issued, "id"));
        });
        refused(open(kept), key);
        assertThatThrownBy(() -> room.desk
                        .rotate(Json.string(issued, "id"), Duration.ZERO)
                        .join())
                .hasMessageContaining("is a key that is over");
    }

    @ParameterizedTest
    @EnumSource
    void aRotatedKeyHasTwoSecretsUntilTheOverlapIsOver(Kept kept) {
        KeyRoom room = open(kept);
        ObjectNode issued = issued(room, Optional.empty());
        String id = Json.string(issued, "id");
        ObjectNode rotated = room.desk.rotate(id, Duration.ofHours(1)).join();
        String before = Json.string(issued, "key");
        String after = Json.string(rotated, "key");
        assertThat(after).isNotEqualTo(before).startsWith("psk_" + id + "_");
        assertThat(rotated.path("secrets").asInt()).isEqualTo(2);
        assertThat(caller(room, before)).isEqualTo(caller(room, after));
        clock.forward(Duration.ofHours(1));
        refused(room, before);
        assertThat(caller(room, after).keyId()).isEqualTo(id);
        String third = Json.string(room.desk.rotate(id, Duration.ofHours(1)).join(), "key");
        room.desk.rotate(id, Duration.ofHours(1)).join();
        refused(room, after);
        assertThat(caller(room, third).keyId()).isEqualTo(id);
        room.desk.revoke(id, SETTINGS).join();
        refused(room, third);
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredKeyIsUnknown(Kept kept) {
        KeyRoom room = open(kept);
        String key = Json.string(issued(room, Optional.of(clock.instant().plusSeconds(60))), "key");
        caller(room, key);
        clock.forward(Duration.ofSeconds(60));
        refused(room, key);
        assertThat(room.desk.all(SETTINGS).get(1).path("state").asString()).isEqualTo("expired");
    }

    @ParameterizedTest
    @EnumSource
    void aDeclaredKeyIsRevokedUntilAnotherSecretStandsInItsPlace(Kept kept) {
        KeyRoom room = open(kept);
        caller(room, "psk_declared");
        ObjectNode view = room.desk.revoke("billing:main", SETTINGS).join();
        assertThat(view.path("state").asString()).isEqualTo("revoked");
        refused(room, "psk_declared");
        refused(open(kept), "psk_declared");
        Settings next = settings("psk_next");
        assertThat(room.callers.of(request("psk_next"), next).block().keyId()).isEqualTo("main");
        assertThat(room.desk.all(next).get(0).path("state").asString()).isEqualTo("active");
    }

    @ParameterizedTest
    @EnumSource
    void theMinuteOfTheLastUseIsKept(Kept kept) {
        KeyRoom room = open(kept);
        ObjectNode issued = issued(room, Optional.empty());
        assertThat(issued.path("last_used").isNull()).isTrue();
        clock.forward(Duration.ofMinutes(5));
        caller(room, Json.string(issued, "key"));
        caller(room, "psk_declared");
        room.uses.keep();
        Registers registers = kept == Kept.IN_A_FILE ? Registers.in(folder) : Registers.of(connection());
        opened.add(0, registers);
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (registers.named("key-use").all().size() < 2) {
            assertThat(System.nanoTime()).as("kept in time").isLessThan(end);
            registers.close();
            registers = kept == Kept.IN_A_FILE ? Registers.in(folder) : Registers.of(connection());
            registers.named("key-use").refresh().join();
        }
        assertThat(room.desk
                        .all(SETTINGS)
                        .valueStream()
                        .map(each -> each.path("last_used").asString()))
                .allMatch("2026-01-01T00:05:00Z"::equals);
    }

    private RedisConnection connection() {
        RedisConnection connection = redis.connection();
        opened.add(connection);
        return connection;
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownServiceOrKeyIsToldByName(Kept kept) {
        KeyRoom room = open(kept);
        assertThatThrownBy(() -> room.desk.revoke("nothere", SETTINGS).join())
                .hasMessageContaining("no key of this id");
        assertThatThrownBy(() -> room.desk.revoke("billing:nothere", SETTINGS).join())
                .hasMessageContaining("no key of this id");
        ObjectNode gone = room.desk
                .issue(new Wanted(KeyForm.CALLER.id(), "gone", "", Optional.empty()))
                .join();
        refused(room, Json.string(gone, "key"));
    }

    @Test
    void whatHasNotTheFormNeverReachesTheStore() {
        redis = RealRedis.shared();
        KeyRoom room = open(Kept.IN_REDIS);
        String right = KeyForm.CALLER.secret("abc");
        char last = right.charAt(right.length() - 1);
        String wrong = right.substring(0, right.length() - 1) + (last == 'a' ? 'b' : 'a');
        long before = looks();
        Stream.of(wrong, "psk_abc", "", "psk_abc_short")
                .filter(it -> !it.isEmpty())
                .forEach(it -> refused(room, it));
        assertThat(looks()).isEqualTo(before);
        refused(room, right);
        long after = looks();
        assertThat(after).isGreaterThan(before);
        refused(room, right);
        assertThat(looks()).as("one that nobody issued is looked for once").isEqualTo(after);
    }

    /** Scripts that Redis ran; the register looks by itself every four seconds, longer than this test takes. */
    private long looks() {
        return redis.run(it -> it.info("commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_eval"))
                .mapToLong(line -> Long.parseLong(line.split("calls=")[1].split(",")[0]))
                .sum();
    }

    @Test
    void withoutRedisKnownKeysGoOnAndNobodyCanSayOfOthers() throws IOException {
        redis = new RealRedis("save \"\"");
        redis.start();
        KeyRoom room = open(Kept.IN_REDIS);
        String key = Json.string(issued(room, Optional.empty()), "key");
        redis.kill();
        assertThat(caller(room, key).service()).isEqualTo("billing");
        assertThat(caller(room, "psk_declared").service()).isEqualTo("billing");
        assertThatThrownBy(() -> caller(room, KeyForm.CALLER.secret("abc")))
                .isInstanceOfSatisfying(GatewayException.class, it -> {
                    assertThat(it.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(it.told().comeBack()).isPresent();
                });
        refused(room, "psk_malformed");
    }

    @Test
    void aRedisThatStandsStillHoldsNobodyUpForLong() {
        redis = new RealRedis("save \"\"");
        redis.start();
        KeyRoom room = open(Kept.IN_REDIS);
        String key = Json.string(issued(room, Optional.empty()), "key");
        redis.freeze();
        try {
            long began = System.nanoTime();
            assertThat(caller(room, key).service()).isEqualTo("billing");
            assertThatThrownBy(() -> caller(room, KeyForm.CALLER.secret("abc")))
                    .isInstanceOfSatisfying(
                            GatewayException.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.OVERLOADED));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1900));
        } finally {
            redis.thaw();
        }
        String unknown = KeyForm.CALLER.secret("abc");
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (code(room, unknown) != ErrorCode.KEY_UNKNOWN) {
            assertThat(System.nanoTime()).as("answers again").isLessThan(end);
        }
        redis.kill();
    }

    private static ErrorCode code(KeyRoom room, String key) {
        try {
            caller(room, key);
            throw new AssertionError("not refused");
        } catch (GatewayException refused) {
            return refused.code();
        }
    }

    @Test
    void manyRequestsWithoutAKeyAreToldOnce() {
        KeyRoom room = open(Kept.IN_A_FILE);
        for (int i = 0; i < 50; i++) {
            MockServerHttpRequest knocks = MockServerHttpRequest.post("/")
                    .remoteAddress(new java.net.InetSocketAddress("127.0.0.9", 1))
                    .build();
            assertThatThrownBy(() -> room.callers.of(knocks, SETTINGS).block()).isInstanceOf(GatewayException.class);
        }
        assertThat(room.events).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(SecurityEvent.Kind.AUTHENTICATION_BURST);
            assertThat(event.subject()).isEqualTo("127.0.0.9");
        });
    }
}
