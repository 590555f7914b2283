package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What moves on to the next provider, what does not, and what is told when none is left. */
class FailoverTests {

    private static final String BAD_KEY = "{\"error\":{\"message\":\"Incorrect API key provided: upk-first\","
            + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"}}";
    private static final String BUSY =
            "{\"error\":{\"message\":\"slow down\",\"type\":\"requests\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}";
    private static final String DOWN =
            "{\"error\":{\"message\":\"down\",\"type\":\"server_error\",\"param\":null,\"code\":null}}";

    private ScriptedUpstream first;
    private ScriptedUpstream second;
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        first = ScriptedUpstream.start();
        second = ScriptedUpstream.start();
        gateway = RunningGateway.with(Wires.twoProviders(first, second));
    }

    @AfterEach
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    @Test
    void a503MovesOn() {
        first.enqueue(Script.json(503, DOWN));
        second.enqueue(Script.json(Wires.ANSWER));
        RawClient client = gateway.chat(Wires.ASK);
        RawAnswer head = client.answer();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("x-penstock-provider")).isEqualTo("second");
        assertThat(head.header("x-penstock-model")).isEqualTo("up-1");
        assertThat(head.header("x-penstock-attempts")).isEqualTo("2");
        assertThat(client.text()).isEqualTo(Wires.ANSWER);
    }

    @Test
    void theCallersOwnMistakeStays() {
        first.enqueue(
                Script.json(
                        400,
                        "{\"error\":{\"message\":\"n is too big\",\"type\":\"invalid_request_error\",\"param\":\"n\",\"code\":\"invalid_value\"}}"));
        RawClient client = gateway.chat(Wires.ASK);
        assertThat(client.answer().status()).isEqualTo(400);
        assertThat(client.text())
                .contains("n is too big")
                .contains("\"param\":\"n\"")
                .contains("\"code\":\"invalid_value\"");
        assertThat(second.ledger().exchanges()).isEmpty();
    }

    @Test
    void aRefusedKeyRestsAndIsNeverTheCallers401() {
        first.enqueue(Script.json(401, BAD_KEY));
        second.enqueue(Script.json(Wires.ANSWER), Script.json(401, BAD_KEY));
        RawClient client = gateway.chat(Wires.ASK);
        assertThat(client.answer().status()).isEqualTo(200);
        client.text();
        RawClient again = gateway.chat(Wires.ASK);
        RawAnswer head = again.answer();
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.header("retry-after")).isNotNull();
        assertThat(head.header("retry-after-ms")).isNotNull();
        assertThat(again.text())
                .contains("upstream_unavailable", "\"reason\":\"no_key\"", "\"reason\":\"credential\"")
                .doesNotContain("upk-first");
        assertThat(first.ledger().exchanges()).hasSize(1);
    }

    @Test
    void whenAllAreThrottledTheSoonestIsTold() {
        first.enqueue(Script.answer(429)
                .header("retry-after", "7")
                .header("content-type", "application/json")
                .body(BUSY));
        second.enqueue(Script.answer(429)
                .header("retry-after-ms", "3500")
                .header("content-type", "application/json")
                .body(BUSY));
        RawClient client = gateway.chat(Wires.ASK);
        RawAnswer head = client.answer();
        assertThat(head.status()).isEqualTo(429);
        assertThat(head.header("retry-after-ms")).isEqualTo("3500");
        assertThat(head.header("retry-after")).isEqualTo("4");
        assertThat(head.header("x-penstock-attempts")).isEqualTo("2");
        assertThat(client.text())
                .contains(
                        "\"code\":\"upstream_rate_limited\"",
                        "\"attempts\":[{\"provider\":\"first\",\"model\":\"m1\",\"status\":429,\"reason\":\"rate_limited\"");
    }

    @Test
    void whenAllFailTheAttemptsAreTold() {
        first.enqueue(Script.json(503, DOWN));
        second.enqueue(Script.empty().reset());
        RawClient client = gateway.chat(Wires.ASK);
        assertThat(client.answer().status()).isEqualTo(503);
        assertThat(client.text())
                .contains("\"status\":503,\"reason\":\"unavailable\"", "\"status\":0,\"reason\":\"reset\"");
    }

    @Test
    void aRetryIsMadeAtTheSameProviderAndWaitsAsAsked() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway retrying = RunningGateway.with(
                        Wires.oneProvider(upstream, "").replace("attempts: 0", "attempts: 1, backoff: 1ms"))) {
            upstream.enqueue(
                    Script.answer(503)
                            .header("retry-after-ms", "5")
                            .header("content-type", "application/json")
                            .body(DOWN),
                    Script.json(Wires.ANSWER));
            RawClient client = retrying.chat(Wires.ASK);
            RawAnswer head = client.answer();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("x-penstock-attempts")).isEqualTo("2");
        }
    }

    @Test
    void eachKeyOfAPoolIsAskedOnce() {
        Script busy = Script.answer(429)
                .header("retry-after-ms", "1")
                .header("content-type", "application/json")
                .pause(Duration.ofMillis(150))
                .body(BUSY);
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(any -> busy);
                RunningGateway pool = RunningGateway.with(Wires.oneProvider(upstream, "")
                        .replace(
                                "[ { id: main, value: upk-first } ]",
                                "[ { id: a, value: upk-a }, { id: b, value: upk-b } ]"))) {
            assertThat(pool.chat(Wires.ASK).answer().status()).isEqualTo(429);
            assertThat(upstream.ledger().exchanges()).hasSize(2);
        }
    }

    @Test
    void aRefusedKeyGivesWayToTheNextOfItsPool() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .enqueue(Script.json(401, BAD_KEY), Script.json(Wires.ANSWER), Script.json(Wires.ANSWER));
                RunningGateway pool = RunningGateway.with(Wires.oneProvider(upstream, "")
                        .replace(
                                "[ { id: main, value: upk-first } ]",
                                "[ { id: a, value: upk-a }, { id: b, value: upk-b } ]"))) {
            assertThat(pool.chat(Wires.ASK).answer().status()).isEqualTo(200);
            assertThat(pool.chat(Wires.ASK).answer().status()).isEqualTo(200);
            assertThat(upstream.ledger().exchanges())
                    .extracting(exchange -> exchange.header("authorization"))
                    .containsExactly("Bearer upk-a", "Bearer upk-b", "Bearer upk-b");
        }
    }

    @Test
    void numbersThatNobodyCanHoldAreTheCallersMistake() {
        for (String number : List.of("1e999999999999", "1e400000", "[1e-2147483649]")) {
            RawClient client = gateway.chat(Wires.ASK.replace("{\"model\"", "{\"zz\":" + number + ",\"model\""));
            assertThat(client.answer().status()).as(number).isEqualTo(400);
        }
        RawClient fraction = gateway.chat(Wires.ASK.replace("{\"model\"", "{\"n\":1.5,\"model\""));
        assertThat(fraction.answer().status()).isEqualTo(400);
    }
}
