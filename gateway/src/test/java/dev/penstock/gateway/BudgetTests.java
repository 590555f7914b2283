package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.BudgetView;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.testing.Exchange;
import dev.penstock.testing.Folders;
import dev.penstock.testing.Full;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A budget is not passed by callers who come at once, and in the end it says what the provider's bill says. */
class BudgetTests {

    private static final int CALLERS = 100;
    private static final int LEAVING = Integer.getInteger("penstock.full.leaving", 300);

    /** USD for 3 tokens in and 20 out. */
    private static final BigDecimal BILLED = new BigDecimal("0.000043");

    /** USD for one token in, at 1.00 USD a million. */
    private static final BigDecimal MICRO = new BigDecimal("0.000001");

    /** USD for the answer's 3 tokens in and 2 out, at 1.00 and 2.00 USD a million. */
    private static final BigDecimal COST = new BigDecimal("0.000007");

    private static final String PRICE = "prices: { overrides: { \"first/m1\": { input: 1, output: 2 } } }\n";
    private static final String PRICES = PRICE.replace(" } }\n", ", \"second/m2\": { input: 10, output: 20 } } }\n");

    /** Tokens in that the withheld answers report; with none out, each costs a micro-USD. */
    private final AtomicInteger usage = new AtomicInteger();

    private volatile CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void ofAHundredAtOnceFortyFit() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(this::withheld)) {
            BigDecimal ceiling = ceiling();
            usage.set(ceiling.divideToIntegralValue(MICRO).intValueExact() / 2);
            try (RunningGateway gateway = gateway(upstream, ceiling.multiply(new BigDecimal(40)))) {
                List<RawAnswer> first = wave(gateway, 40);
                assertThat(first).filteredOn(it -> it.status() == 200).hasSize(40);
                assertThat(first)
                        .filteredOn(it -> it.status() == 429)
                        .hasSize(60)
                        .allSatisfy(it -> {
                            assertThat(it.header("retry-after")).isEqualTo("1");
                            assertThat(it.header("x-should-retry")).isNull();
                        });
                BigDecimal bill = MICRO.multiply(new BigDecimal(usage.get() * 40L));
                assertThat(quiet(gateway).spent()).isEqualByComparingTo(bill);
                assertThat(wave(gateway, 20))
                        .filteredOn(it -> it.status() == 429)
                        .hasSize(80);
                assertThat(quiet(gateway).spent())
                        .isEqualByComparingTo(bill.add(MICRO.multiply(new BigDecimal(usage.get() * 20L))));
            }
        }
    }

    @Test
    void whatIsSpentIsSaidAndNotRetried() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER))) {
            BigDecimal ceiling = ceiling();
            try (RunningGateway gateway = gateway(upstream, ceiling)) {
                try (RawClient client = gateway.chat(Wires.ASK)) {
                    RawAnswer answer = client.answer();
                    assertThat(answer.status()).isEqualTo(200);
                    assertThat(answer.header("x-penstock-capped")).isEqualTo("4096");
                    assertThat(answer.header("x-penstock-cost-usd")).isEqualTo("0.000007");
                }
                quiet(gateway);
                try (RawClient client = gateway.chat(Wires.ASK)) {
                    RawAnswer answer = client.answer();
                    assertThat(answer.status()).isEqualTo(402);
                    assertThat(answer.header("x-should-retry")).isEqualTo("false");
                    assertThat(client.text())
                            .contains(
                                    "budget_exhausted",
                                    "\"scope\":\"global:daily\"",
                                    "\"spent\":0.000007",
                                    "resets_at");
                }
            }
            assertThat(upstream.ledger().exchanges().get(0).text()).contains("\"max_completion_tokens\":4096");
        }
    }

    @Test
    void withHangUpsAndFailoversTheBillIsTheSame() throws Exception {
        long seed = System.nanoTime();
        System.out.println("BudgetTests: fates are drawn by seed " + seed);
        Random random = new Random(seed);
        try (ScriptedUpstream first = ScriptedUpstream.start().answering(BudgetTests::fated);
                ScriptedUpstream second = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(Wires.twoProviders(first, second)
                                .replace(
                                        "retry: { attempts: 0 }",
                                        "retry: { attempts: 0 }\n    breaker: { window: 10000, minimum: 10000 }")
                        + PRICES + "global: { budget: { daily: 25 USD } }\n")) {
            BigDecimal bill = BigDecimal.ZERO;
            ExecutorService callers = Executors.newFixedThreadPool(16);
            for (int i = 0; i < 200; i++) {
                int fate = random.nextInt(10);
                if (fate < 2) {
                    bill = bill.add(COST.multiply(BigDecimal.TEN));
                    callers.execute(() -> read(gateway, Wires.ASK.replace("Hi", "BUSY")));
                } else if (fate < 5) {
                    bill = bill.add(COST);
                    callers.execute(() -> leave(gateway));
                } else {
                    bill = bill.add(COST);
                    callers.execute(() -> read(gateway, Wires.ASK));
                }
            }
            callers.shutdown();
            assertThat(callers.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
            assertThat(quiet(gateway).spent()).isEqualByComparingTo(bill);
        }
    }

    @Test
    void aRestartKnowsWhatWasSpent() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER))) {
            Path routes = RunningGateway.write(
                    Folders.make("penstock-budget"),
                    Wires.oneProvider(upstream, "") + PRICE + "global: { budget: { daily: 25 USD } }\n");
            try (RunningGateway gateway = RunningGateway.ofFile(routes)) {
                read(gateway, Wires.ASK);
                assertThat(quiet(gateway).spent()).isEqualByComparingTo(COST);
            }
            try (RunningGateway gateway = RunningGateway.ofFile(routes)) {
                assertThat(line(gateway).spent()).isEqualByComparingTo(COST);
            }
        }
    }

    @Test
    void aRepairIsOnTheSameBillAlsoAfterARestart() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
            upstream.enqueue(
                    ContentWires.OPENAI.whole("{\"content\": 5}"), ContentWires.OPENAI.whole("{\"content\": \"Tea\"}"));
            Path routes = RunningGateway.write(
                    Folders.make("penstock-repair"),
                    Wires.oneProvider(upstream, "") + PRICE + "global: { budget: { daily: 25 USD } }\n");
            BigDecimal both = COST.add(COST);
            try (RunningGateway gateway = RunningGateway.ofFile(routes);
                    RawClient client = gateway.client()
                            .post(
                                    "/v1/content/social-media",
                                    RunningGateway.CALLER,
                                    "{\"platform\":\"twitter\",\"topic\":\"Tea\"}")) {
                assertThat(client.answer().status()).isEqualTo(200);
                assertThat(client.text()).contains("\"repaired\":true", "\"cost_usd\":0.000014");
                assertThat(quiet(gateway).spent()).isEqualByComparingTo(both);
            }
            try (RunningGateway gateway = RunningGateway.ofFile(routes)) {
                assertThat(line(gateway).spent()).isEqualByComparingTo(both);
            }
        }
    }

    @Test
    void aContentStreamThatIsLeftIsSettledBeforeItIsRecorded() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                .answering(asked ->
                        Script.stream().sse(Wires.role()).sse(used("Hel", 2)).silence())) {
            Path routes = RunningGateway.write(
                    Folders.make("penstock-left"),
                    Wires.oneProvider(upstream, "") + PRICE + "global: { budget: { daily: 25 USD } }\n");
            BigDecimal spent;
            try (RunningGateway gateway = RunningGateway.ofFile(routes)) {
                RawClient client = gateway.client()
                        .post(
                                "/v1/content/social-media",
                                RunningGateway.CALLER,
                                "{\"platform\":\"twitter\",\"topic\":\"Tea\",\"stream\":true}");
                client.answer();
                client.event();
                client.reset();
                spent = quiet(gateway).spent();
                Records records = Records.in(gateway.data(), found -> found.ended() == 1);
                assertThat(records.of("outcome").get(0).toString())
                        .contains("\"charged\":", "\"reason\":\"cancelled\"");
            }
            assertThat(spent).isPositive();
            try (RunningGateway gateway = RunningGateway.ofFile(routes)) {
                assertThat(line(gateway).spent()).isEqualByComparingTo(spent);
            }
        }
    }

    @Test
    void aModelWithoutAPriceIsNotUsedUnderABudget() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.with(
                        Wires.oneProvider(upstream, "") + "global: { budget: { daily: 25 USD } }\n");
                RawClient client = gateway.chat(Wires.ASK)) {
            assertThat(client.answer().status()).isEqualTo(403);
            assertThat(client.text()).contains("price_unknown", "first/m1", "prices.overrides");
            assertThat(upstream.ledger().exchanges()).isEmpty();
        }
    }

    @Test
    void outputIsClampedToWhatFitsWhereThatIsConfigured() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER))) {
            String budget = "global: { budget: { daily: 0.001 USD, on-insufficient: clamp-output } }\n";
            try (RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, "") + PRICE + budget);
                    RawClient client = gateway.chat(Wires.ASK)) {
                RawAnswer answer = client.answer();
                assertThat(answer.status()).isEqualTo(200);
                int cap = Integer.parseInt(answer.header("x-penstock-capped"));
                assertThat(cap).isBetween(400, 499);
                assertThat(upstream.ledger().only().text()).contains("\"max_completion_tokens\":" + cap);
            }
        }
    }

    @Test
    void moreThanCanBeCountedIsMoreThanThereIs() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = gateway(upstream, new BigDecimal("25"))) {
            String most = Integer.toString(Integer.MAX_VALUE);
            String ask = Wires.ASK.replaceFirst("\\{", "{\"n\":" + most + ",\"max_tokens\":" + most + ",");
            try (RawClient client = gateway.chat(ask)) {
                assertThat(client.answer().status()).isEqualTo(402);
                assertThat(client.text()).contains("budget_exhausted");
            }
            assertThat(upstream.ledger().exchanges()).isEmpty();
            assertThat(line(gateway).held()).isZero();
        }
    }

    @Test
    void aTargetThatIsFreeSoonOutweighsOneThatIsSpent() {
        try (ScriptedUpstream first = ScriptedUpstream.start().answering(asked -> Script.never());
                ScriptedUpstream second = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.with(Wires.twoProviders(first, second)
                                .replace("first:\n", "first:\n    budget: { daily: 0.009 USD }\n")
                                .replace("second:\n", "second:\n    budget: { daily: 0.001 USD }\n")
                        + PRICES);
                RawClient running = gateway.chat(Wires.ASK)) {
            until(() -> !first.ledger().exchanges().isEmpty());
            try (RawClient client = gateway.chat(Wires.ASK)) {
                assertThat(client.answer().status()).isEqualTo(429);
                assertThat(client.text()).contains("budget_reserved", "provider:first:daily");
            }
            running.reset();
        }
    }

    @Test
    void outputIsClampedToTheTightestOfSeveralBudgets() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER))) {
            String global = "global: { budget: { daily: 0.002 USD, on-insufficient: clamp-output } }\n";
            String routes = Wires.oneProvider(upstream, "")
                    .replace("first:", "first:\n    budget: { daily: 0.001 USD, on-insufficient: clamp-output }");
            String ask = Wires.ASK.replaceFirst("\\{", "{\"max_tokens\":5000,\"max_completion_tokens\":6000,");
            try (RunningGateway gateway = RunningGateway.with(routes + PRICE + global);
                    RawClient client = gateway.chat(ask)) {
                RawAnswer answer = client.answer();
                assertThat(answer.status()).isEqualTo(200);
                int cap = Integer.parseInt(answer.header("x-penstock-capped"));
                assertThat(cap).isBetween(400, 499);
                assertThat(upstream.ledger().only().text())
                        .contains("\"max_tokens\":" + cap, "\"max_completion_tokens\":" + cap);
            }
        }
    }

    @Test
    void aMarkIsToldOnceToTheWebhook() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                ScriptedUpstream pager = ScriptedUpstream.start().answering(told -> Script.json("{}"))) {
            Path routes = RunningGateway.write(
                    Folders.make("penstock-marks"),
                    Wires.oneProvider(upstream, "") + PRICE
                            + "global: { budget: { daily: 0.05 USD, soft: [1] } }\n"
                            + "alerts: { webhook: \"" + pager.uri("/hooks/secret") + "\" }\n");
            try (RunningGateway gateway = RunningGateway.ofFile(routes)) {
                for (int call = 0; call < 80; call++) {
                    read(gateway, Wires.ASK);
                }
                until(() -> !pager.ledger().exchanges().isEmpty());
                quiet(gateway);
                assertThat(pager.ledger().only().text())
                        .contains("\"budget_mark\"", "\"global:daily\"", "\"mark_percent\":1", "\"limit_usd\":0.05");
            }
            try (RunningGateway gateway = RunningGateway.ofFile(routes)) {
                read(gateway, Wires.ASK);
                quiet(gateway);
                assertThat(pager.ledger().exchanges()).hasSize(1);
            }
        }
    }

    @Test
    @Full(line = "4.1", count = "penstock.full.leaving")
    void callersWhoLeaveAtAnyByteAreChargedWhatTheProviderBills() throws Exception {
        long seed = System.nanoTime();
        System.out.println("BudgetTests: bytes are drawn by seed " + seed);
        Random random = new Random(seed);
        try (ScriptedUpstream first = ScriptedUpstream.start().answering(BudgetTests::billing);
                ScriptedUpstream second = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(Wires.twoProviders(first, second)
                                .replace(
                                        "retry: { attempts: 0 }",
                                        "retry: { attempts: 0 }\n    breaker: { window: 10000, minimum: 10000 }")
                        + PRICES + "global: { budget: { daily: 25 USD } }\n")) {
            BigDecimal bill = BigDecimal.ZERO;
            ExecutorService callers = Executors.newFixedThreadPool(16);
            for (int call = 0; call < LEAVING; call++) {
                int bytes = 1 + random.nextInt(900);
                int fate = random.nextInt(10);
                if (fate < 2) {
                    bill = bill.add(COST.multiply(BigDecimal.TEN));
                    callers.execute(() -> read(gateway, Wires.ASK.replace("Hi", "BUSY")));
                } else if (fate < 5) {
                    bill = bill.add(BILLED);
                    callers.execute(() -> leaveAt(gateway, bytes));
                } else {
                    bill = bill.add(BILLED);
                    callers.execute(() -> read(gateway, Wires.ASK_STREAM));
                }
            }
            callers.shutdown();
            assertThat(callers.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
            assertThat(quiet(gateway).spent()).isEqualByComparingTo(bill);
        }
    }

    /** A provider that says from its first word on what it will bill, whoever stays to hear the rest. */
    private static Script billing(Exchange exchange) {
        if (exchange.text().contains("BUSY")) {
            return Script.json(503, "{\"error\":{\"message\":\"busy\"}}");
        }
        Script stream = Script.stream().sse(used("", 20)).sse(used("Hel", 20));
        for (int word = 0; word < 5; word++) {
            stream = stream.sse(used("lo", 20));
        }
        return stream.sse(Wires.finish()).done();
    }

    private static void leaveAt(RunningGateway gateway, int bytes) {
        RawClient client = gateway.chat(Wires.ASK_STREAM);
        client.bytes(bytes);
        client.reset();
    }

    /** What one call holds: read while its answer is withheld. */
    private static BigDecimal ceiling() {
        try (ScriptedUpstream slow = ScriptedUpstream.start().answering(asked -> Script.never());
                RunningGateway probe = gateway(slow, new BigDecimal("25"));
                RawClient client = probe.chat(Wires.ASK)) {
            until(() -> line(probe).held().signum() > 0);
            return line(probe).held();
        }
    }

    private static RunningGateway gateway(ScriptedUpstream upstream, BigDecimal limit) {
        return RunningGateway.with(Wires.oneProvider(upstream, "") + PRICE + "global: { budget: { daily: "
                + limit.toPlainString() + " USD } }\n");
    }

    private Script withheld(Exchange exchange) {
        asked.incrementAndGet();
        String json = Wires.ANSWER.replaceFirst(
                "\"usage\":\\{[^}]*}",
                "\"usage\":{\"prompt_tokens\":" + usage + ",\"completion_tokens\":0,\"total_tokens\":" + usage + "}");
        return Script.empty()
                .waitFor(answer)
                .raw("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + json.length()
                        + "\r\n\r\n" + json)
                .flush();
    }

    private static Script fated(Exchange exchange) {
        if (exchange.text().contains("BUSY")) {
            return Script.json(503, "{\"error\":{\"message\":\"busy\"}}");
        }
        return exchange.text().contains("LEAVE")
                ? Script.stream()
                        .sse(Wires.role())
                        .sse(used("Hel", 1))
                        .sse(used("lo", 2))
                        .silence()
                : Script.json(Wires.ANSWER);
    }

    /** A chunk of a provider that counts as it goes. */
    private static String used(String text, int output) {
        String chunk = Wires.delta(text);
        return chunk.substring(0, chunk.length() - 1) + ",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":"
                + output + ",\"total_tokens\":" + (3 + output) + "}}";
    }

    /** All at once; answers are given when every caller is either at the provider or refused. */
    private List<RawAnswer> wave(RunningGateway gateway, int admitted) throws Exception {
        asked.set(0);
        answer = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        AtomicInteger refused = new AtomicInteger();
        List<Future<RawAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            answers.add(callers.submit(() -> {
                try (RawClient client = gateway.chat(Wires.ASK)) {
                    RawAnswer got = client.answer();
                    if (got.status() != 200) {
                        refused.incrementAndGet();
                    }
                    client.text();
                    return got;
                }
            }));
        }
        until(() -> asked.get() + refused.get() == CALLERS);
        assertThat(asked.get()).isEqualTo(admitted);
        answer.countDown();
        List<RawAnswer> got = new ArrayList<>();
        for (Future<RawAnswer> each : answers) {
            got.add(each.get(30, TimeUnit.SECONDS));
        }
        callers.shutdown();
        return got;
    }

    private static void read(RunningGateway gateway, String body) {
        try (RawClient client = gateway.chat(body)) {
            client.answer();
            client.text();
        }
    }

    private static void leave(RunningGateway gateway) {
        RawClient client = gateway.chat(Wires.ASK_STREAM.replace("Hi", "LEAVE"));
        client.answer();
        client.event();
        client.event();
        client.event();
        client.reset();
    }

    private static BudgetView.Line line(RunningGateway gateway) {
        return gateway.bean(BudgetView.class)
                .all(gateway.bean(CurrentSettings.class).get())
                .toFuture()
                .join()
                .get(0);
    }

    /** How it stands when nothing is held any more. */
    private static BudgetView.Line quiet(RunningGateway gateway) {
        until(() -> line(gateway).held().signum() == 0);
        return line(gateway);
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }
}
