package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.BudgetView;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.store.RealRedis;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A budget of three gateways on one Redis, from end to end. */
class SharedBudgetTests {

    /** USD for the answer's 3 tokens in and 2 out, at 1.00 and 2.00 USD a million. */
    private static final BigDecimal COST = new BigDecimal("0.000007");

    private static final String PRICES = "prices: { overrides: { \"first/m1\": { input: 1, output: 2 } } }\n";

    @TempDir
    Path folder;

    private final RealRedis redis = new RealRedis("save \"\"");
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

    private RunningGateway gateway(String name, String daily, String more) {
        String yaml = "providers:\n" + Wires.provider("first", upstream, "")
                + "models:\n  default: { targets: [ { provider: first, model: m1 } ] }\n" + PRICES
                + "global: { budget: { daily: " + daily + " USD, soft: [ 50 ] } }\n" + more;
        try {
            RunningGateway gateway = RunningGateway.ofFile(
                    RunningGateway.write(Files.createDirectories(folder.resolve(name)), yaml),
                    "--penstock.store=redis",
                    "--spring.data.redis.port=" + redis.port());
            gateways.add(gateway);
            return gateway;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void threeGatewaysSpendWhatTheProviderBillsAndAllSayIt() {
        for (int i = 0; i < 3; i++) {
            gateway("g" + i, "25", "");
        }
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            clients.add(gateways.get(i % 3).chat(Wires.ASK));
        }
        clients.forEach(client -> assertThat(client.answer().status()).isEqualTo(200));
        clients.forEach(RawClient::close);
        BigDecimal bill =
                COST.multiply(new BigDecimal(upstream.ledger().exchanges().size()));
        for (RunningGateway gateway : gateways) {
            until(() -> line(gateway).held().signum() == 0);
            assertThat(line(gateway).spent()).isEqualByComparingTo(bill);
        }
    }

    @Test
    void whatOneSpentNoOtherSpendsAgain() {
        RunningGateway one = gateway("one", "0.009", "");
        RunningGateway two = gateway("two", "0.009", "");
        int paid = 0;
        int status = ask(one).status();
        while (status == 200) {
            paid++;
            until(() -> line(one).held().signum() == 0);
            status = ask(paid % 2 == 0 ? one : two).status();
        }
        assertThat(status).isEqualTo(402);
        assertThat(line(one).spent()).isEqualByComparingTo(COST.multiply(new BigDecimal(paid)));
        assertThat(line(two)).isEqualTo(line(one));
    }

    @Test
    void withoutRedisNothingIsSentUntilItIsBack() {
        RunningGateway gateway = gateway("one", "25", "");
        assertThat(ask(gateway).status()).isEqualTo(200);
        redis.freeze();
        long begin = System.nanoTime();
        RawAnswer refused = ask(gateway);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isEqualTo("1");
        assertThat(gateway.bean(BudgetView.class).isAway()).isTrue();
        assertThat(gateway.bean(MeterRegistry.class)
                        .get("penstock.control.degraded")
                        .tag("control", "budgets")
                        .gauge()
                        .value())
                .isEqualTo(1);
        redis.thaw();
        until(() -> ask(gateway).status() == 200);
    }

    @Test
    void whatIsSentWithoutRedisIsChargedWhenItIsBack() {
        RunningGateway gateway = gateway("one", "25", "degraded: { budgets: open, limits: open }\n");
        redis.kill();
        until(() -> gateway.bean(BudgetView.class).isAway() || ask(gateway).status() != 200);
        int sent = upstream.ledger().exchanges().size();
        assertThat(ask(gateway).status()).isEqualTo(200);
        assertThat(upstream.ledger().exchanges()).hasSize(sent + 1);
        redis.start();
        BigDecimal bill = COST.multiply(new BigDecimal(sent + 1));
        until(() -> !gateway.bean(BudgetView.class).isAway());
        until(() -> line(gateway).spent().compareTo(bill) == 0);
    }

    @Test
    void aGatewayThatWasStoppedAndStartedAgainCountsNothingTwice() {
        RunningGateway gateway = gateway("one", "25", "");
        assertThat(ask(gateway).status()).isEqualTo(200);
        until(() -> line(gateway).held().signum() == 0);
        gateway.close();
        gateways.clear();
        RunningGateway again = gateway("one", "25", "");
        assertThat(line(again).spent()).isEqualByComparingTo(COST);
        redis.flush();
        until(() -> ask(again).status() == 200);
        until(() -> line(again).held().signum() == 0);
        assertThat(line(again).spent()).isEqualByComparingTo(COST.multiply(new BigDecimal("2")));
    }

    private static RawAnswer ask(RunningGateway gateway) {
        try (RawClient client = gateway.chat(Wires.ASK)) {
            return client.answer();
        }
    }

    private static BudgetView.Line line(RunningGateway gateway) {
        return gateway.bean(BudgetView.class)
                .all(gateway.bean(CurrentSettings.class).get())
                .toFuture()
                .join()
                .get(0);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
