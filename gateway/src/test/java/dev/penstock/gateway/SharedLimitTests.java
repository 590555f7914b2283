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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of three gateways on one Redis, from end to end. The windows of one of them are short: each test begins with one. */
class SharedLimitTests {

    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final long WINDOW = 4_000;
    private static final String LIMITS =
            "[ { requests: 30, per: 4s }, { tokens: 10000000, per: 31d }, { concurrent: 500 } ]";
    private static final String CAPPED = Wires.ASK.replace("default", "capped");

    private static final RealRedis REDIS = new RealRedis();
    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static final List<RunningGateway> GATEWAYS = new ArrayList<>();

    @BeforeAll
    static void start() {
        REDIS.start();
        String providers = "providers:\n" + Wires.provider("first", UPSTREAM, "")
                + Wires.provider("second", UPSTREAM, "    limits: [ { requests: 10, per: 31d } ]\n")
                + "models:\n  default: { targets: [ { provider: first, model: m1 } ] }\n"
                + "  capped: { targets: [ { provider: second, model: m2 } ] }\n";
        for (int i = 0; i < 3; i++) {
            GATEWAYS.add(RunningGateway.sharing(REDIS, LIMITS, providers));
        }
        UPSTREAM.answering(any -> Script.json(Wires.ANSWER));
        answered(30, Wires.ASK);
    }

    @AfterAll
    static void stop() {
        GATEWAYS.forEach(RunningGateway::close);
        UPSTREAM.close();
        REDIS.close();
    }

    @BeforeEach
    void begin() {
        UPSTREAM.answering(any -> Script.json(Wires.ANSWER));
        REDIS.flush();
        GATEWAYS.forEach(gateway ->
                await(() -> !away(gateway) && gateway.bean(RedisStore.class).fleet() == 3));
        nextWindow();
    }

    /** This machine's clock is that of Redis, too. */
    private static void nextWindow() {
        long now = System.currentTimeMillis();
        LockSupport.parkUntil(now + WINDOW - now % WINDOW + 20);
    }

    private static boolean away(RunningGateway gateway) {
        return gateway.bean(LimitView.class).isAway();
    }

    /** How many of that many at once are answered by a provider. */
    private static int answered(int times, String ask) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            clients.add(GATEWAYS.get(i % GATEWAYS.size()).chat(ask));
        }
        int answered = 0;
        for (RawClient client : clients) {
            answered += client.answer().status() == 200 ? 1 : 0;
            client.close();
        }
        return answered;
    }

    @Test
    void eachWindowAdmitsItsLimitOverAllGateways() {
        for (int i = 0; i < 3; i++) {
            assertThat(answered(90, Wires.ASK)).isEqualTo(30);
            assertThat(GATEWAYS).noneMatch(SharedLimitTests::away);
            nextWindow();
        }
    }

    @Test
    void allGatewaysTogetherStayUnderTheQuotaOfAProviderAndTellHowItStands() {
        int before = UPSTREAM.ledger().exchanges().size();
        assertThat(answered(24, CAPPED)).isEqualTo(10);
        assertThat(UPSTREAM.ledger().exchanges()).hasSize(before + 10);
        for (RunningGateway gateway : GATEWAYS) {
            await(() -> ofProvider(gateway) == 0);
        }
        RawAnswer refused = GATEWAYS.get(0).chat(CAPPED).answer();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("x-ratelimit-limit-requests")).isEqualTo("30");
    }

    private static long ofProvider(RunningGateway gateway) {
        return gateway
                .bean(LimitView.class)
                .all(gateway.bean(CurrentSettings.class).get())
                .block(BOUND)
                .stream()
                .filter(level -> level.rule().owner().equals("providers.second"))
                .mapToLong(Level::remaining)
                .sum();
    }

    @Test
    void oneRoundTripIsMadeBeforeACallLeavesAndOneAfterIt() {
        int done = UPSTREAM.ledger().exchanges().size();
        UPSTREAM.answering(any -> Script.never());
        REDIS.run(it -> it.configSet("slowlog-log-slower-than", "0"));
        REDIS.run(it -> it.configSet("slowlog-max-len", "10000"));
        REDIS.run(it -> it.slowlogReset());
        RawClient client = GATEWAYS.get(0).chat(Wires.ASK);
        UPSTREAM.ledger().await(done, BOUND);
        assertThat(scripts()).containsExactly("take");
        client.reset();
        await(() -> scripts().size() > 1);
        assertThat(scripts()).containsExactly("take", "settle");
        REDIS.run(it -> it.configSet("slowlog-log-slower-than", "-1"));
    }

    /** What was asked about limits, oldest first; not what instances tell each other beside it. */
    private static List<String> scripts() {
        List<String> asked = new ArrayList<>();
        for (Object entry : REDIS.run(it -> it.slowlogGet(10_000))) {
            List<String> words = ((List<?>) ((List<?>) entry).get(3))
                    .stream().map(String::valueOf).toList();
            Stream.of("take", "settle", "look").filter(words::contains).forEach(word -> asked.add(0, word));
        }
        return asked;
    }

    @Test
    void withoutRedisEachGatewayAdmitsItsShareAndSaysSo() {
        REDIS.kill();
        assertThat(answered(90, Wires.ASK)).isEqualTo(30);
        for (RunningGateway gateway : GATEWAYS) {
            try (RawClient client = gateway.client().get("/health/readiness", Map.of())) {
                assertThat(client.answer().status()).isEqualTo(200);
                assertThat(client.text()).contains("limits_degraded");
            }
        }
        REDIS.start();
        GATEWAYS.forEach(gateway -> await(() -> !away(gateway)));
        nextWindow();
        assertThat(answered(90, Wires.ASK)).isEqualTo(30);
    }

    private static void await(BooleanSupplier wanted) {
        long end = System.nanoTime() + BOUND.multipliedBy(2).toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
