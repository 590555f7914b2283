package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.store.Bulletin;
import dev.penstock.store.RealRedis;
import dev.penstock.store.RedisConnection;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What two gateways on one Redis tell each other of their providers. */
class SharedBreakerTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String THROTTLED =
            "{\"error\":{\"message\":\"slow down\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";

    private static final RealRedis REDIS = new RealRedis();
    private static final ScriptedUpstream FIRST = ScriptedUpstream.start();
    private static final ScriptedUpstream SECOND_PROVIDER = ScriptedUpstream.start();
    private static final ScriptedUpstream THIRD = ScriptedUpstream.start();
    private static final List<RunningGateway> GATEWAYS = new ArrayList<>();

    @BeforeAll
    static void start() {
        REDIS.start();
        String providers = "providers:\n"
                + Wires.provider("first", FIRST, "    breaker: { window: 2, minimum: 2, open-for: 3s }\n")
                + Wires.provider("second", SECOND_PROVIDER, "")
                + Wires.provider("third", THIRD, "    breaker: { window: 2, minimum: 2, open-for: 3s }\n")
                + "models:\n  default: { targets: [ { provider: first, model: m1 } ] }\n"
                + "  other: { targets: [ { provider: second, model: m2 } ] }\n"
                + "  third: { targets: [ { provider: third, model: m3 } ] }\n";
        for (int i = 0; i < 2; i++) {
            GATEWAYS.add(RunningGateway.sharing(REDIS, "[ { requests: 100000, per: 1m } ]", providers));
        }
    }

    @AfterAll
    static void stop() {
        GATEWAYS.forEach(RunningGateway::close);
        FIRST.close();
        SECOND_PROVIDER.close();
        THIRD.close();
        REDIS.close();
    }

    private static String ask(int gateway, String ask) {
        try (RawClient client = GATEWAYS.get(gateway).chat(ask)) {
            return client.answer().status() + " " + client.text();
        }
    }

    @Test
    void aBreakerThatOneOpenedIsOpenAtTheOtherWithinASecondAndClosesWithIt() {
        FIRST.answering(any -> Script.json(500, "{}"));
        ask(0, Wires.ASK);
        ask(0, Wires.ASK);
        long opened = System.nanoTime();
        int sent = FIRST.ledger().exchanges().size();
        await(() -> breaker(1).equals("open"));
        assertThat(Duration.ofNanos(System.nanoTime() - opened)).isLessThan(SECOND.multipliedBy(2));
        assertThat(ask(1, Wires.ASK)).startsWith("503 ").contains("breaker_open");
        assertThat(FIRST.ledger().exchanges()).hasSize(sent);
        FIRST.answering(any -> Script.json(Wires.ANSWER));
        await(() -> ask(0, Wires.ASK).startsWith("200 ")
                && ask(0, Wires.ASK).startsWith("200 ")
                && ask(0, Wires.ASK).startsWith("200 "));
        int probed = FIRST.ledger().exchanges().size();
        await(() -> breaker(1).equals("closed"));
        assertThat(FIRST.ledger().exchanges()).hasSize(probed);
        assertThat(ask(1, Wires.ASK)).startsWith("200 ");
    }

    /** Two failures are enough for one instance to know that a provider is not well yet. */
    @Test
    void ofTwoThatOpenedABreakerOneTriesTheProviderAgain() {
        THIRD.answering(any -> Script.json(500, "{}"));
        String third = Wires.ASK.replace("default", "third");
        for (int i = 0; i < 2; i++) {
            ask(0, third);
            ask(1, third);
        }
        int sent = THIRD.ledger().exchanges().size();
        assertThat(sent).as("both opened it by themselves").isEqualTo(4);
        await(() -> {
            ask(0, third);
            ask(1, third);
            return THIRD.ledger().exchanges().size() > sent;
        });
        long end = System.nanoTime() + SECOND.toNanos();
        while (System.nanoTime() < end) {
            ask(0, third);
            ask(1, third);
        }
        assertThat(THIRD.ledger().exchanges()).hasSize(sent + 2);
    }

    private static String breaker(int gateway) {
        double state = GATEWAYS.get(gateway)
                .bean(MeterRegistry.class)
                .get("penstock.breaker.state")
                .tag("provider", "first")
                .gauge()
                .value();
        return state == 2 ? "open" : state == 1 ? "half open" : "closed";
    }

    @Test
    void aKeyThatOneMayNotUseForAWhileRestsAtTheOtherToo() {
        SECOND_PROVIDER.answering(any -> Script.json(429, THROTTLED).header("retry-after", "60"));
        String other = Wires.ASK.replace("default", "other");
        assertThat(ask(0, other)).startsWith("429 ");
        int sent = SECOND_PROVIDER.ledger().exchanges().size();
        LockSupport.parkNanos(SECOND.multipliedBy(2).toNanos());
        assertThat(ask(1, other)).startsWith("429 ").contains("upstream_rate_limited");
        assertThat(SECOND_PROVIDER.ledger().exchanges()).hasSize(sent);
    }

    @Test
    void theConfigurationOfEachIsShown() throws IOException {
        await(() -> variants() == 1 && known() == 2);
        RunningGateway one = GATEWAYS.get(0);
        String token = Files.readString(one.data().resolve("admin-token")).strip();
        try (RawClient client =
                RawClient.to(one.admin("/")).get("/admin/config", Map.of("authorization", "Bearer " + token))) {
            assertThat(client.answer().status()).isEqualTo(200);
            String hash = one.bean(CurrentSettings.class).get().hash();
            assertThat(Json.LENIENT_DEPTH.read(client.text()).path("instances").properties())
                    .hasSize(2)
                    .allMatch(it -> it.getValue().asString("").equals(hash));
        }
    }

    @Test
    void differentConfigurationsAreCounted() {
        try (RedisConnection way = REDIS.connection();
                Bulletin third = new Bulletin(way, "third", () -> "another")) {
            await(() -> variants() == 2);
            assertThat(third.last().configurations()).hasSizeGreaterThan(1);
        }
    }

    private static int known() {
        return GATEWAYS.get(0).bean(Bulletin.class).last().configurations().size();
    }

    private static double variants() {
        return GATEWAYS.get(1)
                .bean(MeterRegistry.class)
                .get("penstock.config.variants")
                .gauge()
                .value();
    }

    private static void await(BooleanSupplier wanted) {
        long end = System.nanoTime() + SECOND.multipliedBy(15).toNanos();
        while (!wanted.getAsBoolean()) {
            assertThat(System.nanoTime()).as("came in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
