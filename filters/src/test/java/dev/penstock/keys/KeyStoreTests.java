package dev.penstock.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.SecurityEvent;
import dev.penstock.exchange.Settings;
import dev.penstock.journal.DataDirectory;
import dev.penstock.keys.CallerSettings.CallerKeyConfig;
import dev.penstock.keys.CallerSettings.ServiceConfig;
import dev.penstock.keys.KeyDesk.Wanted;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import dev.penstock.store.register.Register;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import tools.jackson.databind.node.ObjectNode;

/** What holds for issued keys wherever they are kept. */
@ExtendWith(OutputCaptureExtension.class)
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
        Registers registers = registers(kept);
        KeyRoom room = new KeyRoom(registers, DataPort.LOOPBACK, clock);
        registers.named("keys").refresh().join();
        registers.named("key-use").refresh().join();
        return room;
    }

    /** Those of the one instance that has a file; those of another instance where they are in Redis. */
    private Registers registers(Kept kept) {
        if (kept == Kept.IN_REDIS) {
            return registers(folder.resolve("instance-" + opened.size()));
        }
        Registers registers = Registers.in(folder);
        opened.add(0, registers);
        return registers;
    }

    /** Those of the instance in Redis that has this data directory. */
    private Registers registers(Path data) {
        redis = redis == null ? RealRedis.shared() : redis;
        return registers(data, redis.connection());
    }

    private Registers registers(Path data, RedisConnection connection) {
        opened.add(connection);
        Registers registers = Registers.of(connection, new DataDirectory(data).path());
        opened.add(0, registers);
        return registers;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private static Settings settings(String declared) {
        return settings(key("main", declared));
    }

    private static CallerKeyConfig key(String id, String value) {
        return new CallerKeyConfig(id, Optional.of(value), Optional.empty(), false, Optional.empty());
    }

    private static Settings settings(CallerKeyConfig... declared) {
        ServiceConfig billing = new ServiceConfig(
                Optional.of("finance"), List.of(declared), List.of("default"), Optional.empty(), List.of(), List.of());
        return Exchanges.settings(new CallerSettings(Map.of("billing", billing), Map.of()));
    }

    private static ObjectNode issued(KeyRoom room, Optional<Instant> expires) {
        return room.desk
                .issue(new Wanted(KeyForm.CALLER.id(), "billing", "CI", expires))
                .join();
    }

    private static Caller caller(KeyRoom room, String key) {
        return caller(room, key, SETTINGS);
    }

    private static Caller caller(KeyRoom room, String key, Settings settings) {
        return room.callers.of(request(key), settings).block();
    }

    private static void refused(KeyRoom room, String key) {
        refused(room, key, SETTINGS);
    }

    private static void refused(KeyRoom room, String key, Settings settings) {
        assertThatThrownBy(() -> caller(room, key, settings))
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
        assertThat(caller(room, "psk_next", next).keyId()).isEqualTo("main");
        assertThat(state(room, next, 0)).isEqualTo("active");
    }

    private static String state(KeyRoom room, Settings settings, int index) {
        return room.desk.all(settings).get(index).path("state").asString();
    }

    @ParameterizedTest
    @EnumSource
    void aRevokedSecretStaysRevokedWhenTheOneInItsPlaceIsRevokedToo(Kept kept) {
        KeyRoom room = open(kept);
        Settings next = settings("psk_next");
        room.desk.revoke("billing:main", SETTINGS).join();
        clock.forward(Duration.ofMinutes(1));
        room.desk.revoke("billing:main", next).join();
        for (KeyRoom each : List.of(room, open(kept))) {
            refused(each, "psk_next", next);
            refused(each, "psk_declared");
            assertThat(state(each, SETTINGS, 0)).isEqualTo("revoked");
        }
        ObjectNode again = room.desk.revoke("billing:main", SETTINGS).join();
        assertThat(again.path("revoked").asString()).as("since when").isEqualTo("2026-01-01T00:00:30Z");
        refused(room, "psk_next", next);
    }

    @ParameterizedTest
    @EnumSource
    void aSecretIsRevokedUnderEveryNameThatItHasOrIsGivenLater(Kept kept) {
        KeyRoom room = open(kept);
        Settings twice = settings(key("first", "psk_declared"), key("second", "psk_declared"));
        assertThat(caller(room, "psk_declared", twice).keyId()).isEqualTo("first");
        room.desk.revoke("billing:second", twice).join();
        for (KeyRoom each : List.of(room, open(kept))) {
            refused(each, "psk_declared", twice);
            refused(each, "psk_declared", settings(key("third", "psk_declared")));
            assertThat(state(each, twice, 0)).isEqualTo("revoked");
            assertThat(state(each, twice, 1)).isEqualTo("revoked");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAnOlderGatewayRevokedStaysRevoked(Kept kept) {
        Registers registers = registers(kept);
        KeyRoom room = new KeyRoom(registers, DataPort.LOOPBACK, clock);
        ObjectNode old = Json.object()
                .put("declared", true)
                .put("digest", Digest.of("psk_declared").hex())
                .put("revoked", "2025-01-01T00:00:00Z");
        registers.named("keys").change("billing:main", nothing -> old).join();
        refused(room, "psk_declared");
        Settings next = settings("psk_next");
        room.desk.revoke("billing:main", next).join();
        refused(room, "psk_next", next);
        refused(room, "psk_declared");
        ObjectNode document = registers.named("keys").all().get("billing:main");
        assertThat(Json.string(document, "digest"))
                .as("what an older gateway reads")
                .isEqualTo(Digest.of("psk_next").hex());
    }

    /** The first instance knows higher revisions, all of before the loss. */
    @Test
    void aRevocationAtAFreshInstanceOutlivesWhatOthersTellARedisThatLostItsData() {
        KeyRoom one = open(Kept.IN_REDIS);
        one.desk.revoke("billing:main", settings("psk_a")).join();
        one.desk.revoke("billing:main", settings("psk_b")).join();
        redis.flush();
        Registers fresh = registers(Kept.IN_REDIS);
        KeyRoom other = new KeyRoom(fresh, DataPort.LOOPBACK, clock);
        fresh.named("keys").refresh().join();
        other.desk.revoke("billing:main", SETTINGS).join();
        await(() -> code(one, "psk_declared") != null);
        KeyRoom third = open(Kept.IN_REDIS);
        for (String key : List.of("psk_a", "psk_b", "psk_declared")) {
            await(() -> code(third, key, settings(key)) == ErrorCode.KEY_UNKNOWN);
            await(() -> code(other, key, settings(key)) == ErrorCode.KEY_UNKNOWN);
        }
    }

    private static void await(BooleanSupplier wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
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
        Registers registers = registers(kept);
        registers.named("key-use").refresh().join();
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (registers.named("key-use").all().size() < 2) {
            assertThat(System.nanoTime()).as("kept in time").isLessThan(end);
            registers.close();
            registers = registers(kept);
            registers.named("key-use").refresh().join();
        }
        assertThat(room.desk
                        .all(SETTINGS)
                        .valueStream()
                        .map(each -> each.path("last_used").asString()))
                .allMatch("2026-01-01T00:05:00Z"::equals);
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
    void anInstanceThatStartsWithoutRedisKnowsWhatItKnewBefore(CapturedOutput output) {
        redis = new RealRedis("save \"\"");
        redis.start();
        Path data = folder.resolve("data");
        Registers before = registers(data);
        KeyRoom first = new KeyRoom(before, DataPort.LOOPBACK, clock);
        String revoked = Json.string(issued(first, Optional.empty()), "key");
        String live = Json.string(issued(first, Optional.empty()), "key");
        first.desk.revoke(KeyForm.CALLER.id(revoked).orElseThrow(), SETTINGS).join();
        first.desk.revoke("billing:main", SETTINGS).join();
        before.close();
        redis.kill();
        KeyRoom second = new KeyRoom(registers(data), DataPort.LOOPBACK, clock);
        refused(second, "psk_declared");
        refused(second, revoked);
        assertThat(caller(second, live).service()).isEqualTo("billing");
        assertThat(caller(second, "psk_next", settings("psk_next")).service()).isEqualTo("billing");
        assertThat(output).containsOnlyOnce("Redis has not answered since the start");
    }

    /** A gateway that starts first has to serve: what a store does not answer is degraded, and declared keys are in no store. */
    @Test
    void anInstanceThatNeverSawRedisServesDeclaredKeysAndSaysSo(CapturedOutput output) {
        redis = new RealRedis("save \"\"");
        KeyRoom room = new KeyRoom(registers(folder.resolve("data")), DataPort.LOOPBACK, clock);
        assertThat(caller(room, "psk_declared").service()).isEqualTo("billing");
        assertThat(caller(room, "psk_declared").service()).isEqualTo("billing");
        assertThat(code(room, KeyForm.CALLER.secret("abc"))).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(output).containsOnlyOnce("Redis has not answered since the start");
    }

    @Test
    void theFirstRequestsOfAnInstanceWaitUntilItKnowsWhatWasRevoked() {
        KeyRoom first = open(Kept.IN_REDIS);
        first.desk.revoke("billing:main", SETTINGS).join();
        Registers registers = registers(Kept.IN_REDIS);
        refused(new KeyRoom(registers, DataPort.LOOPBACK, clock, Duration.ofSeconds(10)), "psk_declared");
    }

    /** The register is known before those who follow it are told. */
    @Test
    void theFirstReadIsOverOnceItIsInUse() {
        Registers registers = registers(Kept.IN_REDIS);
        redis.freeze();
        try {
            Register register = registers.named("keys", Agreement::of);
            AtomicReference<KeyRoom> room = new AtomicReference<>();
            List<Boolean> before = new ArrayList<>();
            register.follow(all ->
                    before.add(register.isKnown() && room.get().store.first().isOver()));
            room.set(new KeyRoom(registers, DataPort.LOOPBACK, clock));
            redis.thaw();
            register.refresh().join();
            assertThat(before).containsExactly(false, false);
            assertThat(room.get().store.first().isOver()).isTrue();
        } finally {
            redis.thaw();
        }
    }

    @Test
    void theFirstRequestsWaitForARedisThatComesUpALittleLater(CapturedOutput output) {
        redis = new RealRedis("save \"\"", "dir " + folder, "appendonly yes", "appendfsync always");
        redis.start();
        KeyRoom first = open(Kept.IN_REDIS);
        first.desk.revoke("billing:main", SETTINGS).join();
        redis.kill();
        Registers registers = registers(folder.resolve("data"), redis.connection("localhost"));
        // it was refused a connection before anybody calls
        assertThatThrownBy(
                        () -> registers.named("keys", Agreement::of).refresh().join())
                .isInstanceOf(CompletionException.class);
        KeyRoom second = new KeyRoom(registers, DataPort.LOOPBACK, clock, Duration.ofSeconds(30));
        CompletableFuture<Caller> asked =
                second.callers.of(request("psk_declared"), SETTINGS).toFuture();
        redis.start();
        try {
            assertThatThrownBy(asked::join).cause().isInstanceOf(GatewayException.class);
            assertThat(output).doesNotContain("Redis has not answered since the start");
        } finally {
            redis.kill();
        }
    }

    @Test
    void aRequestGoesOnWhereItBelongsAfterItWaited() {
        redis = new RealRedis("save \"\"");
        KeyRoom room = new KeyRoom(registers(folder.resolve("data")), DataPort.LOOPBACK, clock);
        try (LoopRequest request = new LoopRequest("psk_declared");
                LoopRequest issued = new LoopRequest(KeyForm.CALLER.secret("abc"))) {
            List<String> threads = new ArrayList<>();
            room.callers
                    .of(request, SETTINGS)
                    .doOnNext(caller -> threads.add(Thread.currentThread().getName()))
                    .block();
            room.callers
                    .of(issued, SETTINGS)
                    .doOnError(away -> threads.add(Thread.currentThread().getName()))
                    .onErrorComplete()
                    .block();
            assertThat(threads).hasSize(2).allMatch(it -> it.startsWith(LoopRequest.THREAD));
        }
    }

    @Test
    void aKeyOfTheCopyThatCannotBeReadHoldsUpNoStart(CapturedOutput output) throws IOException {
        redis = new RealRedis("save \"\"");
        Path data = new DataDirectory(folder.resolve("data")).path();
        Files.writeString(
                data.resolve("keys.copy.json"),
                "{\"version\":1,\"documents\":{\"bad\":{\"service\":\"billing\",\"expires\":\"some day\",\"rev\":1},"
                        + "\"good\":{\"service\":\"billing\",\"secrets\":[],\"rev\":1}}}");
        KeyRoom room = new KeyRoom(registers(data), DataPort.LOOPBACK, clock);
        assertThat(caller(room, "psk_declared").service()).isEqualTo("billing");
        assertThat(room.desk.all(SETTINGS).valueStream().map(it -> Json.string(it, "id")))
                .containsExactly("billing:main", "good");
        assertThat(output).containsOnlyOnce("key 'bad' cannot be read").doesNotContain("some day");
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

    private static @Nullable ErrorCode code(KeyRoom room, String key) {
        return code(room, key, SETTINGS);
    }

    /** Null where it is not refused. */
    private static @Nullable ErrorCode code(KeyRoom room, String key, Settings settings) {
        try {
            caller(room, key, settings);
            return null;
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
