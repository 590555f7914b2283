package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.CurrentSettings;
import dev.penstock.limit.LimitView;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Limits from end to end. Windows of 31 days: none of them ends while a test runs, but once in 31 days. */
class LimitTests {

    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final String OPENAI_TIME = "(\\d+h)?(\\d+m)?\\d+s|\\d+ms";

    private static long remaining(RawAnswer answer) {
        return Long.parseLong(answer.header("x-ratelimit-remaining-requests"));
    }

    @Test
    void threeHundredAtOnceAreAHundredAndTheHeadersAgree() {
        Script slow = Script.answer(200)
                .header("content-type", "application/json")
                .pause(Duration.ofMillis(50))
                .body(Wires.ANSWER);
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(any -> slow);
                RunningGateway gateway = RunningGateway.limited(
                        "[ { by: service, requests: 100, per: 31d }, { by: key, requests: 150, per: 31d } ]",
                        Wires.oneProvider(upstream, ""))) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                clients.add(gateway.chat(Wires.ASK));
            }
            List<Long> left = new ArrayList<>();
            for (RawClient client : clients) {
                RawAnswer answer = client.answer();
                assertThat(answer.header("x-ratelimit-limit-requests")).isEqualTo("100");
                assertThat(answer.header("x-ratelimit-reset-requests")).matches(OPENAI_TIME);
                if (answer.status() == 200) {
                    left.add(remaining(answer));
                } else {
                    assertThat(answer.status()).isEqualTo(429);
                    assertThat(remaining(answer)).isZero();
                    assertThat(Long.parseLong(answer.header("retry-after-ms")))
                            .isBetween(1L, Duration.ofDays(31).toMillis());
                    assertThat(client.text())
                            .contains(
                                    "\"code\":\"rate_exceeded\"",
                                    "services.test allows 100 requests per 31d by service")
                            .doesNotContain(RunningGateway.KEY);
                }
                client.close();
            }
            assertThat(left)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 100).boxed().toList());
            assertThat(upstream.ledger().exchanges()).hasSize(100);
        }
    }

    @Test
    void whatIsUnderWayIsGivenBackWhenTheCallerLeaves() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .enqueue(Wires.begun().flush().silence(), Script.never(), Wires.wholeStream());
                RunningGateway gateway =
                        RunningGateway.limited("[ { concurrent: 1 } ]", Wires.oneProvider(upstream, ""))) {
            RawClient inMidStream = gateway.chat(Wires.ASK_STREAM);
            assertThat(inMidStream.answer().status()).isEqualTo(200);
            refused(gateway);
            leave(gateway, upstream, inMidStream, 0);
            RawClient beforeTheHeaders = gateway.chat(Wires.ASK);
            upstream.ledger().await(1, BOUND);
            refused(gateway);
            leave(gateway, upstream, beforeTheHeaders, 1);
            RawClient last = gateway.chat(Wires.ASK_STREAM);
            assertThat(last.answer().status()).isEqualTo(200);
            Wires.events(last);
            free(gateway);
        }
    }

    private static void refused(RunningGateway gateway) {
        RawClient client = gateway.chat(Wires.ASK);
        RawAnswer answer = client.answer();
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(client.text()).contains("services.test allows 1 concurrent by service");
    }

    private static void leave(RunningGateway gateway, ScriptedUpstream upstream, RawClient client, int request) {
        client.reset();
        upstream.ledger().exchanges().get(request).awaitClosed(BOUND);
        free(gateway);
    }

    /** Waits until nothing is under way. */
    private static void free(RunningGateway gateway) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (level(gateway) == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(level(gateway)).isEqualTo(1);
    }

    private static long level(RunningGateway gateway) {
        return gateway.bean(LimitView.class)
                .all(gateway.bean(CurrentSettings.class).get())
                .block()
                .get(0)
                .remaining();
    }

    @Test
    void aProviderWithoutRoomIsPassedOver() {
        String one = "    limits: [ { requests: 1, per: 31d } ]\n";
        try (ScriptedUpstream first = ScriptedUpstream.start().answering(any -> Script.json(Wires.ANSWER));
                ScriptedUpstream second = ScriptedUpstream.start().answering(any -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(Wires.twoProviders(first, second)
                        .replace("    retry: { attempts: 0 }\n", "    retry: { attempts: 0 }\n" + one))) {
            assertThat(gateway.chat(Wires.ASK).answer().header("x-penstock-provider"))
                    .isEqualTo("first");
            RawAnswer next = gateway.chat(Wires.ASK).answer();
            assertThat(next.header("x-penstock-provider")).isEqualTo("second");
            assertThat(next.header("x-penstock-attempts")).isEqualTo("1");
            assertThat(next.header("x-ratelimit-limit-requests")).isNull();
            RawClient none = gateway.chat(Wires.ASK);
            RawAnswer refused = none.answer();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after-ms")).isNotNull();
            assertThat(none.text())
                    .contains("\"code\":\"rate_exceeded\"", "providers.second allows 1 requests per 31d by provider")
                    .contains("\"provider\":\"first\",\"model\":\"m1\",\"status\":0,\"reason\":\"limited\"");
            assertThat(first.ledger().exchanges()).hasSize(1);
            assertThat(second.ledger().exchanges()).hasSize(1);
        }
    }

    @Test
    void aLimitOutweighsWhatElseKeptTheRequestFromLeaving() {
        try (ScriptedUpstream first = ScriptedUpstream.start().answering(any -> Script.json(Wires.ANSWER));
                ScriptedUpstream second = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.with(Wires.twoProviders(first, second)
                        .replace("upk-first } ]\n", "upk-first } ]\n    limits: [ { requests: 1, per: 31d } ]\n")
                        .replace("upk-second } ]\n", "upk-second } ]\n    breaker: { minimum: 1, window: 1 }\n"))) {
            second.enqueue(Script.json(503, "{}"));
            assertThat(gateway.chat(Wires.ASK).answer().status()).isEqualTo(200);
            assertThat(gateway.chat(Wires.ASK).answer().status()).isEqualTo(503);
            RawClient client = gateway.chat(Wires.ASK);
            assertThat(client.answer().status()).isEqualTo(429);
            assertThat(client.text())
                    .contains("\"code\":\"rate_exceeded\"", "\"reason\":\"limited\"", "\"reason\":\"breaker_open\"");
        }
    }

    @Test
    void theCallerSeesHowItsLimitsStand() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(any -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.limited(
                        "[ { by: key, requests: 3, per: 31d }, { concurrent: 2 } ]", Wires.oneProvider(upstream, ""))) {
            gateway.chat(Wires.ASK).answer();
            RawClient own = gateway.client().get("/v1/key", RunningGateway.CALLER);
            assertThat(own.answer().status()).isEqualTo(200);
            assertThat(own.text())
                    .containsPattern("\\{\"scope\":\"services.test\",\"by\":\"key\",\"subject\":\"test/test\","
                            + "\"of\":\"requests\",\"limit\":3,\"per\":\"31d\",\"remaining\":2,\"reset_ms\":\\d+\\}")
                    .contains("{\"scope\":\"services.test\",\"by\":\"service\",\"subject\":\"test\","
                            + "\"of\":\"concurrent\",\"limit\":2,\"remaining\":2,\"reset_ms\":0}");
        }
    }

    @Test
    void tokensAreThoseThatTheProviderReports() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .enqueue(Script.json(Wires.ANSWER), Wires.wholeStream(), Script.json(Wires.ANSWER));
                RunningGateway gateway =
                        RunningGateway.limited("[ { tokens: 1000, per: 31d } ]", Wires.oneProvider(upstream, ""))) {
            RawAnswer whole = gateway.chat(Wires.ASK).answer();
            assertThat(whole.header("x-ratelimit-limit-tokens")).isEqualTo("1000");
            assertThat(whole.header("x-ratelimit-remaining-tokens")).isEqualTo("995");
            assertThat(whole.header("x-ratelimit-reset-tokens")).matches(OPENAI_TIME);
            RawClient stream = gateway.chat(Wires.ASK_STREAM);
            assertThat(Long.parseLong(stream.answer().header("x-ratelimit-remaining-tokens")))
                    .isBetween(500L, 994L);
            Wires.events(stream);
            assertThat(level(gateway)).isBetween(960L, 994L);
        }
    }
}
