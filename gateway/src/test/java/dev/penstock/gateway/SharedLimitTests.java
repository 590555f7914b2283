package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.CurrentSettings;
import dev.penstock.limit.LimitView;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.redis.RedisStore;
import dev.penstock.store.RealRedis;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of three gateways on one Redis, from end to end. */
class SharedLimitTests {

    private static final Duration BOUND = Duration.ofSeconds(5);

    private final RealRedis redis = new RealRedis();
    private final ScriptedUpstream upstream = ScriptedUpstream.start().answering(any -> Script.json(Wires.ANSWER));
    private final List<RunningGateway> gateways = new ArrayList<>();

    @BeforeEach
    void start() {
        redis.start();
    }

    @AfterEach
    void stop() {
        gateways.forEach(RunningGateway::close);
        upstream.close();
        redis.close();
    }

    private void three(String limits, String ofProvider) {
        for (int i = 0; i < 3; i++) {
            gateways.add(RunningGateway.sharing(redis, limits, Wires.oneProvider(upstream, ofProvider)));
        }
        gateways.forEach(gateway -> await(() -> !gateway.bean(LimitView.class).isAway()
                && gateway.bean(RedisStore.class).fleet() == 3));
    }

    /** How many of that many at once are answered by the provider. */
    private int admitted(int times) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            clients.add(gateways.get(i % gateways.size()).chat(Wires.ASK));
        }
        int admitted = 0;
        for (RawClient client : clients) {
            admitted += client.answer().status() == 200 ? 1 : 0;
            client.close();
        }
        return admitted;
    }

    @Test
    void eachWindowAdmitsItsLimitOverAllGateways() {
        Duration window = Duration.ofSeconds(5);
        three("[ { requests: 30, per: 5s } ]", "");
        admitted(30);
        for (int i = 0; i < 3; i++) {
            long now = System.currentTimeMillis();
            LockSupport.parkUntil(now + window.toMillis() - now % window.toMillis() + 20);
            assertThat(admitted(90)).isEqualTo(30);
            assertThat(gateways).noneMatch(it -> it.bean(LimitView.class).isAway());
        }
    }

    @Test
    void allGatewaysTogetherStayUnderTheQuotaOfAProviderAndTellHowItStands() {
        three("[ { requests: 1000, per: 31d } ]", "    limits: [ { requests: 20, per: 31d } ]\n");
        assertThat(admitted(60)).isEqualTo(20);
        assertThat(upstream.ledger().exchanges()).hasSize(20);
        for (RunningGateway gateway : gateways) {
            await(() -> levels(gateway).equals(List.of(980L, 0L)));
        }
        RawAnswer refused = gateways.get(0).chat(Wires.ASK).answer();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("x-ratelimit-limit-requests")).isEqualTo("1000");
    }

    private static List<Long> levels(RunningGateway gateway) {
        return gateway
                .bean(LimitView.class)
                .all(gateway.bean(CurrentSettings.class).get())
                .block(BOUND)
                .stream()
                .map(Level::remaining)
                .toList();
    }

    @Test
    void oneRoundTripIsMadeBeforeACallLeavesAndOneAfterIt() {
        three("[ { requests: 1000, per: 31d }, { tokens: 100000, per: 31d }, { concurrent: 9 } ]", "");
        RunningGateway gateway = gateways.get(0);
        gateway.chat(Wires.ASK).answer();
        upstream.answering(any -> Script.never());
        await(() -> levels(gateway).get(2) == 9);
        long before = scripts();
        long began = System.nanoTime();
        RawClient client = gateway.chat(Wires.ASK);
        upstream.ledger().await(1, BOUND);
        long leaving = scripts() - before;
        client.reset();
        await(() -> redis.run(it -> it.keys("*concurrent*|test")).isEmpty());
        long all = scripts() - before;
        long beats = 3 * (1 + Duration.ofNanos(System.nanoTime() - began).toSeconds() / 5);
        assertThat(leaving).isBetween(1L, 1 + beats);
        assertThat(all).isBetween(2L, 2 + beats);
    }

    private long scripts() {
        String stats = redis.run(it -> it.info("commandstats"));
        Matcher calls = Pattern.compile("cmdstat_evalsha:calls=(\\d+)").matcher(stats);
        assertThat(calls.find()).isTrue();
        return Long.parseLong(calls.group(1));
    }

    @Test
    void withoutRedisEachGatewayAdmitsItsShareAndSaysSo() {
        three("[ { requests: 30, per: 31d } ]", "");
        redis.kill();
        assertThat(admitted(90)).isEqualTo(30);
        for (RunningGateway gateway : gateways) {
            try (RawClient client = gateway.client().get("/health/readiness", Map.of())) {
                assertThat(client.answer().status()).isEqualTo(200);
                assertThat(client.text()).contains("limits_degraded");
            }
        }
        redis.start();
        gateways.forEach(gateway -> await(() -> !gateway.bean(LimitView.class).isAway()));
        assertThat(admitted(90)).isEqualTo(30);
        assertThat(admitted(9)).isZero();
    }

    private static void await(BooleanSupplier wanted) {
        long end = System.nanoTime() + BOUND.multipliedBy(2).toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
