package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.store.RealRedis;
import dev.penstock.testing.Full;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys that administrators issue, rotate and revoke while callers use them. */
class IssuedKeyTests {

    private static final String TOKEN = "a-token-of-this-test";
    private static final String ADMIN = "--PENSTOCK_ADMIN_TOKEN=" + TOKEN;
    private static final int RATE = 200;
    private static final int SECONDS = Integer.getInteger("penstock.full.keys", 3);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** A request: which key it came with, when it was sent, and what became of it. */
    private record Done(String key, long sent, int status) {}

    @Test
    void anAdministratorIssuesRotatesAndRevokesAKey() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ""), ADMIN)) {
            AdminClient admin = new AdminClient(gateway, TOKEN);
            AdminClient.Told issued =
                    admin.post("/admin/keys", "{\"service\":\"test\",\"name\":\"CI\",\"expires\":\"90d\"}");
            assertThat(issued.status()).isEqualTo(201);
            String id = issued.text("id");
            assertThat(status(gateway, issued.text("key"))).isEqualTo(200);
            AdminClient.Told rotated = admin.post("/admin/keys/" + id + "/rotate", "{\"overlap\":\"0s\"}");
            assertThat(status(gateway, rotated.text("key"))).isEqualTo(200);
            assertThat(status(gateway, issued.text("key"))).isEqualTo(401);
            assertThat(admin.post("/admin/keys/" + id + "/revoke", "").text("state"))
                    .isEqualTo("revoked");
            assertThat(status(gateway, rotated.text("key"))).isEqualTo(401);
            assertThat(status(gateway, RunningGateway.KEY)).isEqualTo(200);
            assertThat(admin.post("/admin/keys/test:test/revoke", "").text("state"))
                    .isEqualTo("revoked");
            assertThat(status(gateway, RunningGateway.KEY)).isEqualTo(401);
            Records records =
                    Records.in(gateway.data(), found -> found.of("security").size() >= 2);
            assertThat(records.of("admin").stream()
                            .map(record -> Json.string(record.path("what"), "action"))
                            .filter(action -> !action.isEmpty()))
                    .containsExactly("key.issue", "key.rotate", "key.revoke", "key.revoke");
            assertThat(records.of("security"))
                    .extracting(event -> Json.string(event, "event"))
                    .containsOnly("revoked_key_used");
            assertThat(records.all().toString()).doesNotContain(issued.text("key"), rotated.text("key"));
        }
    }

    @Test
    void whatIsWrongIsToldByName() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ""), ADMIN)) {
            AdminClient admin = new AdminClient(gateway, TOKEN);
            assertThat(admin.post("/admin/keys", "{\"service\":\"nope\"}").text("detail"))
                    .isEqualTo("'service' is not declared in routes.yml (expected: one of test)");
            assertThat(admin.post("/admin/keys", "{\"service\":\"test\",\"expires\":\"2020-01-01\"}")
                            .text("detail"))
                    .contains("'expires' is over");
            assertThat(admin.post("/admin/keys", "{\"service\":\"test\",\"secret\":\"x\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(admin.post("/admin/keys/nope/revoke", "").status()).isEqualTo(404);
            assertThat(admin.post("/admin/keys/test:test/rotate", "").status()).isEqualTo(400);
        }
    }

    @Test
    @Full(line = "7.5", count = "penstock.full.keys")
    void onOneInstanceOnlyTheRevokedKeyFailsAndWithinASecond() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, ""), ADMIN)) {
            rotateAndRevoke("embedded", List.of(gateway));
        }
    }

    @Test
    @Full(line = "7.5", count = "penstock.full.keys")
    void onTwoInstancesOnlyTheRevokedKeyFailsAndWithinASecond() throws Exception {
        RealRedis redis = new RealRedis("save \"\"");
        redis.start();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway one = sharing(redis, upstream);
                RunningGateway two = sharing(redis, upstream)) {
            rotateAndRevoke("two on one Redis", List.of(one, two));
        } finally {
            redis.close();
        }
    }

    private static RunningGateway sharing(RealRedis redis, ScriptedUpstream upstream) {
        return RunningGateway.with(
                Wires.oneProvider(upstream, ""),
                ADMIN,
                "--penstock.store=redis",
                "--penstock.redis.patience=3s",
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + redis.port());
    }

    /** 200 requests a second over all instances: the rotated key by its newest secret, another one that is revoked half-way. */
    private static void rotateAndRevoke(String where, List<RunningGateway> gateways) throws Exception {
        AdminClient admin = new AdminClient(gateways.get(0), TOKEN);
        AdminClient.Told kept = admin.post("/admin/keys", "{\"service\":\"test\",\"name\":\"kept\"}");
        AdminClient.Told doomed = admin.post("/admin/keys", "{\"service\":\"test\",\"name\":\"doomed\"}");
        AtomicReference<String> newest = new AtomicReference<>(kept.text("key"));
        gateways.forEach(gateway -> IntStream.range(0, 300)
                .parallel()
                .forEach(i -> assertThat(status(gateway, newest.get())).isEqualTo(200)));
        ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();
        AtomicInteger sent = new AtomicInteger();
        ScheduledExecutorService callers = Executors.newScheduledThreadPool(16);
        callers.scheduleAtFixedRate(
                () -> {
                    int number = sent.getAndIncrement();
                    RunningGateway gateway = gateways.get(number / 2 % gateways.size());
                    callers.execute(() -> {
                        String key = number % 2 == 0 ? newest.get() : doomed.text("key");
                        long at = System.nanoTime();
                        done.add(new Done(key, at, status(gateway, key)));
                    });
                },
                0,
                1_000_000 / RATE,
                TimeUnit.MICROSECONDS);
        for (int i = 0; i < SECONDS / 2; i++) {
            LockSupport.parkNanos(SECOND.toNanos());
            newest.set(admin.post("/admin/keys/" + kept.text("id") + "/rotate", "{\"overlap\":\"1h\"}")
                    .text("key"));
        }
        // a new secret makes instances look: without it they have to be told
        LockSupport.parkNanos(SECOND.toNanos());
        admin.post("/admin/keys/" + doomed.text("id") + "/revoke", "");
        long revoked = System.nanoTime();
        LockSupport.parkNanos(SECOND.multipliedBy(Math.max(3, SECONDS / 2)).toNanos());
        callers.shutdownNow();
        callers.awaitTermination(20, TimeUnit.SECONDS);
        print(where, done, doomed.text("key"), revoked);
        for (Done each : new ArrayList<>(done)) {
            if (!each.key().equals(doomed.text("key"))) {
                assertThat(each.status()).as("a key that is live").isEqualTo(200);
            } else if (each.sent() > revoked + SECOND.toNanos()) {
                assertThat(each.status()).as("a second after it was revoked").isEqualTo(401);
            } else {
                assertThat(each.status()).isIn(200, 401);
            }
        }
    }

    private static void print(String where, Iterable<Done> done, String doomed, long revoked) {
        int live = 0;
        int refused = 0;
        long last = 0;
        for (Done each : done) {
            live += each.status() == 200 ? 1 : 0;
            refused += each.status() == 200 ? 0 : 1;
            if (each.key().equals(doomed) && each.status() == 200) {
                last = Math.max(last, each.sent() - revoked);
            }
        }
        System.out.printf(
                "| keys, %s | answered %d | refused %d | revoked key served at most %d ms after |%n",
                where, live, refused, Math.max(0, last / 1_000_000));
    }

    private static int status(RunningGateway gateway, String key) {
        try (RawClient client =
                gateway.client().post("/v1/chat/completions", Map.of("authorization", "Bearer " + key), Wires.ASK)) {
            return client.answer().status();
        }
    }
}
