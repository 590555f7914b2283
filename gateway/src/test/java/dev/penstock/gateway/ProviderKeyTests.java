package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.store.RealRedis;
import dev.penstock.testing.Exchange;
import dev.penstock.testing.Full;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Keys of a provider that are replaced while callers use them. */
class ProviderKeyTests {

    private static final String TOKEN = "a-token-of-this-test";
    private static final String ADMIN = "--PENSTOCK_ADMIN_TOKEN=" + TOKEN;
    private static final int RATE = 200;
    private static final int SECONDS = Integer.getInteger("penstock.full.keys", 2);
    private static final String KEYS = "/admin/providers/first/keys";

    @TempDir
    private Path folder;

    /** Keys that the provider lists models for, and keys that it answers calls with. */
    private final Set<String> listed = ConcurrentHashMap.newKeySet();

    private final Set<String> served = ConcurrentHashMap.newKeySet();

    private Script answer(Exchange asked) {
        String key = String.valueOf(asked.header("authorization")).replace("Bearer ", "");
        boolean probe = asked.method().equals("GET");
        if ((probe ? listed : served).contains(key)) {
            return Script.json(probe ? "{\"object\":\"list\",\"data\":[]}" : Wires.ANSWER);
        }
        return Script.answer(401)
                .header("content-type", "application/json")
                .body(
                        "{\"error\":{\"message\":\"wrong key\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}");
    }

    private void good(String key) {
        listed.add(key);
        served.add(key);
    }

    private String providers(ScriptedUpstream upstream) throws IOException {
        put("declared", "upk-1");
        return Wires.oneProvider(upstream, "").replace("value: upk-first", "file: " + folder.resolve("declared"));
    }

    /** Whole or not at all, as secrets are mounted. */
    private Path put(String name, String content) throws IOException {
        Path beside = Files.writeString(folder.resolve(name + ".new"), content + "\n");
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
        return Files.move(
                beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    @Full(line = "7.5", count = "penstock.full.keys")
    void keysAreRotatedByFileAndByReferenceWithoutAFailedRequest() throws Exception {
        good("upk-1");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(this::answer);
                RunningGateway gateway = RunningGateway.with(providers(upstream), ADMIN, "--UPK_ENV=upk-3")) {
            AdminClient admin = new AdminClient(gateway, TOKEN);
            warm(gateway);
            Load load = new Load(gateway);
            put("declared", "upk-bad");
            await(() -> key(admin, "main")
                    .path("staged")
                    .path("tested")
                    .path("verdict")
                    .asString("")
                    .equals("refused"));
            load.goOn(SECONDS);
            good("upk-2");
            put("declared", "upk-2");
            await(() -> used(upstream, "upk-2"));
            load.goOn(SECONDS);
            good("upk-3");
            assertThat(admin.post(KEYS, "{\"id\":\"next\",\"env\":\"UPK_ENV\"}").status())
                    .isEqualTo(201);
            AdminClient.Told promoted = admin.post(KEYS + "/next/promote", "");
            assertThat(promoted.status()).as(promoted.body().toString()).isEqualTo(200);
            await(() -> used(upstream, "upk-3"));
            load.goOn(SECONDS);
            await(() -> key(admin, "main").path("state").asString("").equals("draining"));
            load.stop();
            System.out.printf("| provider keys | answered %d | failed %d |%n", load.answered.get(), load.failed.get());
            assertThat(load.failed).hasValue(0);
            assertThat(calls(upstream)).doesNotContain("upk-bad");
            assertThat(calls(upstream)
                            .subList(
                                    calls(upstream).size() - 20, calls(upstream).size()))
                    .containsOnly("upk-3");
            String records = Records.in(gateway.data()).all().toString();
            assertThat(records).contains("\"probe\"").doesNotContain("upk-1", "upk-2", "upk-3", "upk-bad");
            assertThat(admin.get("/admin/providers").body().toString()).doesNotContain("upk-");
        }
    }

    @Test
    void aKeyThatTheProviderRefusesIsNeverPromoted() throws Exception {
        good("upk-1");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(this::answer);
                RunningGateway gateway = RunningGateway.with(providers(upstream), ADMIN)) {
            AdminClient admin = new AdminClient(gateway, TOKEN);
            Path file = put("next", "upk-bad");
            assertThat(admin.post(KEYS, "{\"id\":\"next\",\"file\":\"" + file + "\"}")
                            .text("state"))
                    .isEqualTo("staged");
            assertThat(admin.post(KEYS + "/next/test", "")
                            .body()
                            .path("tested")
                            .path("verdict")
                            .asString())
                    .isEqualTo("refused");
            AdminClient.Told told = admin.post(KEYS + "/next/promote", "");
            assertThat(told.status()).isEqualTo(400);
            assertThat(told.text("detail"))
                    .contains("does not take (refused, status 401)")
                    .doesNotContain("upk-bad");
            assertThat(chat(gateway)).isEqualTo(200);
            assertThat(calls(upstream)).containsOnly("upk-1");
            assertThat(admin.post(KEYS + "/main/retire", "").text("detail")).contains("is the last active key");
            assertThat(admin.post(KEYS, "{\"id\":\"main\",\"file\":\"" + file + "\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(admin.post(KEYS, "{\"id\":\"x\",\"env\":\"NOT_SET_AT_ALL\"}")
                            .text("detail"))
                    .contains("'env' is not set");
            assertThat(admin.post(KEYS, "{\"id\":\"x\",\"value\":\"upk-9\"}").status())
                    .isEqualTo(400);
        }
    }

    @Test
    void aKeyThatFailsInUseIsRolledBackWithoutAFailedRequest() throws Exception {
        good("upk-1");
        listed.add("upk-2");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(this::answer);
                RunningGateway gateway = RunningGateway.with(providers(upstream), ADMIN)) {
            AdminClient admin = new AdminClient(gateway, TOKEN);
            Path file = put("next", "upk-2");
            admin.post(KEYS, "{\"id\":\"next\",\"file\":\"" + file + "\"}");
            assertThat(admin.post(KEYS + "/next/promote", "").status()).isEqualTo(200);
            await(() -> {
                assertThat(chat(gateway)).isEqualTo(200);
                return used(upstream, "upk-2");
            });
            for (int i = 0; i < 20; i++) {
                assertThat(chat(gateway)).isEqualTo(200);
            }
            assertThat(calls(upstream)).filteredOn("upk-2"::equals).hasSize(1);
            assertThat(key(admin, "main").path("state").asString()).isEqualTo("active");
            Records records = Records.in(
                    gateway.data(),
                    found -> found.of("security").stream()
                            .anyMatch(event -> Json.string(event, "event").equals("provider_key_rolled_back")));
            assertThat(records.all().toString()).doesNotContain("upk-2");
        }
    }

    @Test
    void aPromotedKeyIsUsedAfterARestart() throws Exception {
        good("upk-1");
        good("upk-2");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(this::answer)) {
            Path routes = RunningGateway.write(folder, providers(upstream));
            Path file = put("next", "upk-2");
            try (RunningGateway gateway = RunningGateway.ofFile(routes, ADMIN)) {
                AdminClient admin = new AdminClient(gateway, TOKEN);
                admin.post(KEYS, "{\"id\":\"next\",\"file\":\"" + file + "\"}");
                assertThat(admin.post(KEYS + "/next/promote", "").status()).isEqualTo(200);
            }
            try (RunningGateway gateway = RunningGateway.ofFile(routes, ADMIN)) {
                int before = calls(upstream).size();
                assertThat(chat(gateway)).isEqualTo(200);
                assertThat(calls(upstream).subList(before, before + 1)).containsExactly("upk-2");
            }
        }
    }

    @Test
    void whatIsChangedAtOneInstanceHoldsAtTheOther() throws Exception {
        good("upk-1");
        good("upk-2");
        RealRedis redis = RealRedis.shared();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(this::answer);
                RunningGateway one = sharing(redis, upstream);
                RunningGateway two = sharing(redis, upstream)) {
            AdminClient admin = new AdminClient(one, TOKEN);
            Path file = put("next", "upk-2");
            admin.post(KEYS, "{\"id\":\"next\",\"file\":\"" + file + "\"}");
            assertThat(admin.post(KEYS + "/next/promote", "").status()).isEqualTo(200);
            await(() -> {
                assertThat(chat(two)).isEqualTo(200);
                return used(upstream, "upk-2");
            });
            assertThat(admin.post("/admin/providers/first/breaker/open", "").status())
                    .isEqualTo(200);
            await(() -> chat(two) == 503);
            AdminClient.Told issued = admin.post("/admin/tokens", "{\"name\":\"x\",\"role\":\"viewer\"}");
            AdminClient viewer = new AdminClient(two, issued.text("token"));
            assertThat(viewer.get("/admin/config").status()).as("at once").isEqualTo(200);
            assertThat(admin.send("DELETE", "/admin/tokens/" + issued.text("id"), "")
                            .status())
                    .isEqualTo(200);
            await(() -> viewer.get("/admin/config").status() == 401);
        }
    }

    private RunningGateway sharing(RealRedis redis, ScriptedUpstream upstream) throws IOException {
        return RunningGateway.with(
                providers(upstream),
                ADMIN,
                "--penstock.store=redis",
                "--penstock.redis.patience=3s",
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + redis.port());
    }

    private static void breakerIsHeldByHand(RunningGateway gateway, AdminClient admin) {
        assertThat(admin.post("/admin/providers/first/breaker/open", "").status())
                .isEqualTo(200);
        await(() -> chat(gateway) == 503);
        assertThat(admin.get("/admin/providers")
                        .body()
                        .path("providers")
                        .path(0)
                        .path("breaker")
                        .path("mode")
                        .asString())
                .isEqualTo("open");
        assertThat(admin.post("/admin/providers/first/breaker/auto", "").status())
                .isEqualTo(200);
        await(() -> chat(gateway) == 200);
        assertThat(admin.post("/admin/providers/nope/breaker/open", "").status())
                .isEqualTo(404);
    }

    @Test
    void aKeyThatIsChangedInRoutesYmlIsTestedFirstAndABreakerIsHeldByHand() throws Exception {
        good("upk-1");
        good("upk-2");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(this::answer)) {
            String yaml = Wires.oneProvider(upstream, "").replace("upk-first", "upk-1");
            Path routes = RunningGateway.write(folder, yaml);
            try (RunningGateway gateway = RunningGateway.ofFile(routes, ADMIN)) {
                AdminClient admin = new AdminClient(gateway, TOKEN);
                breakerIsHeldByHand(gateway, admin);
                RunningGateway.write(folder, yaml.replace("upk-1", "upk-bad"));
                assertThat(admin.post("/admin/config/reload", "").status()).isEqualTo(200);
                await(() -> key(admin, "main")
                        .path("staged")
                        .path("tested")
                        .path("verdict")
                        .asString("")
                        .equals("refused"));
                assertThat(chat(gateway)).isEqualTo(200);
                RunningGateway.write(folder, yaml.replace("upk-1", "upk-2"));
                assertThat(admin.post("/admin/config/reload", "").status()).isEqualTo(200);
                await(() -> {
                    assertThat(chat(gateway)).isEqualTo(200);
                    return used(upstream, "upk-2");
                });
                assertThat(calls(upstream)).doesNotContain("upk-bad");
            }
        }
    }

    /** Callers, 200 times a second. */
    private static final class Load {

        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(16);

        Load(RunningGateway gateway) {
            callers.scheduleAtFixedRate(
                    () -> callers.execute(() -> (chat(gateway) == 200 ? answered : failed).incrementAndGet()),
                    0,
                    1_000_000 / RATE,
                    TimeUnit.MICROSECONDS);
        }

        void goOn(int seconds) {
            LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
        }

        void stop() throws InterruptedException {
            callers.shutdown();
            callers.awaitTermination(20, TimeUnit.SECONDS);
        }
    }

    private static void warm(RunningGateway gateway) {
        IntStream.range(0, 300)
                .parallel()
                .forEach(i -> assertThat(chat(gateway)).isEqualTo(200));
    }

    private static int chat(RunningGateway gateway) {
        try (RawClient client = gateway.chat(Wires.ASK)) {
            return client.answer().status();
        }
    }

    private static List<String> calls(ScriptedUpstream upstream) {
        return upstream.ledger().exchanges().stream()
                .filter(asked -> asked.method().equals("POST"))
                .map(asked -> String.valueOf(asked.header("authorization")).replace("Bearer ", ""))
                .toList();
    }

    private static boolean used(ScriptedUpstream upstream, String key) {
        return calls(upstream).contains(key);
    }

    private static JsonNode key(AdminClient admin, String id) {
        return admin.get("/admin/providers")
                .body()
                .path("providers")
                .path(0)
                .path("keys")
                .valueStream()
                .filter(key -> Json.string(key, "id").equals(id))
                .findFirst()
                .orElse(Json.object());
    }

    private static void await(BooleanSupplier wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
