package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Copies of calls to a model's shadow. */
class ShadowTests {

    private static final String PRICES =
            "prices: { overrides: { \"first/m1\": { input: 1, output: 2 }, \"second/m2\": { input: 10, output: 20 } } }\n";
    private static final String OTHER =
            Wires.ANSWER.replace("Hello", "Hello there").replace("up-1", "up-2");

    @Test
    void aCopyFollowsTheAnswerAndTheRecordTellsTheDifference() {
        try (ScriptedUpstream first = answering(Wires.ANSWER);
                ScriptedUpstream second = answering(OTHER);
                RunningGateway gateway = RunningGateway.with(shadowed(first, second, ""))) {
            RawAnswer answer = ask(gateway, Wires.ASK);
            assertThat(answer.header("x-penstock-provider")).isEqualTo("first");
            assertThat(answer.header("x-penstock-cost-usd")).isEqualTo("0.000007");
            ObjectNode record = shadow(gateway);
            assertThat(Json.string(record, "request_id")).isEqualTo(answer.header("x-request-id"));
            assertThat(Json.string(record.path("answered"), "provider")).isEqualTo("first");
            JsonNode copy = record.path("shadow");
            assertThat(Json.string(copy, "outcome")).isEqualTo("ok");
            assertThat(Json.string(copy, "provider") + "/" + Json.string(copy, "model"))
                    .isEqualTo("second/up-2");
            JsonNode difference = record.path("difference");
            assertThat(difference.path("cost_nano_usd").asLong()).isEqualTo(70_000 - 7_000);
            assertThat(difference.path("characters").asInt()).isEqualTo(6);
            assertThat(difference.path("similarity").asDouble()).isEqualTo(0.5);
            assertThat(first.ledger().exchanges()).hasSize(1);
            assertThat(second.ledger().only().text()).contains("\"model\":\"m2\"");
            Records records = Records.in(gateway.data());
            assertThat(records.of("outcome"))
                    .hasSize(2)
                    .extracting(ShadowTests::service)
                    .containsExactlyInAnyOrder("test", "shadow/default");
            assertThat(records.named()).containsExactlyInAnyOrderElementsOf(records.intents());
            assertThat(record.toString()).doesNotContain("Hello");
        }
    }

    @Test
    void aStreamIsCopiedToo() {
        try (ScriptedUpstream first = ScriptedUpstream.start().answering(asked -> Wires.wholeStream());
                ScriptedUpstream second = ScriptedUpstream.start().answering(asked -> Wires.wholeStream());
                RunningGateway gateway = RunningGateway.with(shadowed(first, second, ""))) {
            try (RawClient client = gateway.chat(Wires.ASK_STREAM)) {
                client.answer();
                assertThat(Wires.events(client)).last().isEqualTo("[DONE]");
            }
            ObjectNode record = shadow(gateway);
            assertThat(Json.string(record.path("shadow"), "outcome")).isEqualTo("ok");
            assertThat(record.path("shadow").path("characters").asInt()).isEqualTo(5);
            assertThat(record.path("difference").path("similarity").asDouble()).isEqualTo(1);
        }
    }

    @Test
    void aContentAnswerIsComparedAfterItWasMadeToFit() {
        String yaml = """
                providers: { mock: { dialect: mock, latency: 1ms } }
                models:
                  default:
                    shadow: { to: mock/marketer, share: 100 }
                    targets: [ { provider: mock, model: m } ]
                """;
        try (RunningGateway gateway = RunningGateway.with(yaml);
                RawClient client = gateway.client()
                        .post(
                                "/v1/content/social-media",
                                RunningGateway.CALLER,
                                "{\"platform\":\"twitter\",\"topic\":\"tea\"}")) {
            assertThat(client.answer().status()).isEqualTo(200);
            client.text();
            ObjectNode record = shadow(gateway);
            assertThat(record.path("answered").path("fallback_used").asBoolean(true))
                    .isFalse();
            assertThat(Json.string(record.path("shadow"), "outcome")).isEqualTo("ok");
            assertThat(record.path("shadow").path("characters").asInt()).isPositive();
        }
    }

    @Test
    void aCallerNeitherWaitsForACopyNorLearnsOfItsFailure() {
        try (ScriptedUpstream first = answering(Wires.ANSWER);
                ScriptedUpstream second = ScriptedUpstream.start().answering(asked -> Script.never());
                RunningGateway gateway = RunningGateway.with(shadowed(first, second, ""))) {
            for (int i = 0; i < 40; i++) {
                assertThat(ask(gateway, Wires.ASK).header("x-penstock-provider"))
                        .isEqualTo("first");
            }
            until(() -> second.ledger().exchanges().size() == 16);
            assertThat(second.ledger().exchanges()).as("so many at once").hasSize(16);
        }
        try (ScriptedUpstream first = answering(Wires.ANSWER);
                ScriptedUpstream second = ScriptedUpstream.start()
                        .answering(asked -> Script.json(503, "{\"error\":{\"message\":\"busy\"}}"));
                RunningGateway gateway = RunningGateway.with(shadowed(first, second, ""))) {
            assertThat(ask(gateway, Wires.ASK).header("x-penstock-attempts")).isEqualTo("1");
            assertThat(Json.string(shadow(gateway).path("shadow"), "outcome")).isEqualTo("upstream_unavailable");
        }
    }

    @Test
    void copiesHaveABudgetOfTheirOwn() {
        String budget = ", budget: { daily: 0.00001 USD }";
        try (ScriptedUpstream first = answering(Wires.ANSWER);
                ScriptedUpstream second = answering(OTHER);
                RunningGateway gateway = RunningGateway.with(shadowed(first, second, budget))) {
            assertThat(ask(gateway, Wires.ASK).header("x-penstock-cost-usd")).isEqualTo("0.000007");
            assertThat(Json.string(shadow(gateway).path("shadow"), "outcome")).isEqualTo("budget_exhausted");
            assertThat(second.ledger().exchanges()).isEmpty();
        }
    }

    @Test
    void theRolloutKeepsCopiesFromRealProvidersToo() {
        try (ScriptedUpstream second = answering(OTHER);
                RunningGateway gateway = RunningGateway.with("providers:\n" + Wires.provider("second", second, "")
                        + "  mock: { dialect: mock, latency: 1ms }\n"
                        + "models:\n  default:\n    shadow: { to: second/m2, share: 100 }\n"
                        + "    targets: [ { provider: mock, model: m } ]\n"
                        + "  other:\n    shadow: { to: mock/m2, share: 100 }\n"
                        + "    targets: [ { provider: mock, model: m } ]\n" + "rollout: { real-traffic: 0 }\n")) {
            ask(gateway, Wires.ASK);
            ask(gateway, Wires.ASK.replace("default", "other"));
            assertThat(Json.string(shadow(gateway), "asked_model")).isEqualTo("other");
            assertThat(second.ledger().exchanges()).isEmpty();
        }
    }

    private static ScriptedUpstream answering(String answer) {
        return ScriptedUpstream.start().answering(asked -> Script.json(answer));
    }

    private static String shadowed(ScriptedUpstream first, ScriptedUpstream second, String more) {
        return "providers:\n" + Wires.provider("first", first, "") + Wires.provider("second", second, "")
                + "models:\n  default:\n    shadow: { to: second/m2, share: 100" + more
                + " }\n    targets: [ { provider: first, model: m1 } ]\n" + PRICES;
    }

    private static RawAnswer ask(RunningGateway gateway, String body) {
        try (RawClient client = gateway.chat(body)) {
            RawAnswer answer = client.answer();
            assertThat(answer.status()).isEqualTo(200);
            client.text();
            return answer;
        }
    }

    private static ObjectNode shadow(RunningGateway gateway) {
        List<ObjectNode> found = Records.in(
                        gateway.data(), records -> !records.of("shadow").isEmpty())
                .of("shadow");
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String service(ObjectNode record) {
        return Json.string(record.path("who"), "service");
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 20 s").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }
}
