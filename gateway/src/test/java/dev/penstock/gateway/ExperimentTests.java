package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The rollout and experiments, over HTTP. */
class ExperimentTests {

    private static final int USERS = 60;
    private static final String TWO_MODELS = """
            providers:
              mock: { dialect: mock, latency: 1ms }
            models:
              default: { targets: [ { provider: mock, model: plain } ] }
              large: { targets: [ { provider: mock, model: large } ] }
            experiments:
              size: { model: default, arms: [ { model: default, weight: 1 }, { model: large, weight: 1 } ], sticky-by: user }
            """;

    @Test
    void theRolloutSendsItsShareToTheProviderAndTheRestToTheMock() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.with(rollout(upstream, 50))) {
            Map<String, String> providers = new HashMap<>();
            for (int i = 0; i < USERS; i++) {
                providers.put("u" + i, provider(gateway, "u" + i));
                assertThat(provider(gateway, "u" + i)).isEqualTo(providers.get("u" + i));
            }
            assertThat(new HashSet<>(providers.values())).containsExactlyInAnyOrder("first", "mock");
            long real = providers.values().stream().filter("first"::equals).count();
            assertThat(upstream.ledger().exchanges()).hasSize((int) real * 2);
            Records records = Records.in(gateway.data(), found -> found.ended() == USERS * 2);
            long told = records.of("outcome").stream()
                    .filter(record -> Json.string(record.path("decisions").path("AssignVariant"), "rollout")
                            .equals("mock"))
                    .count();
            assertThat(told).isEqualTo(USERS * 2 - real * 2);
        }
    }

    @Test
    void withoutAMockTargetACallIsRefusedAndNeverReal() {
        String yaml = "rollout: { real-traffic: 0 }\n";
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.with(Wires.oneProvider(upstream, "") + yaml)) {
            for (String model : new String[] {"default", "first/m1"}) {
                try (RawClient client = gateway.chat(Wires.ASK.replace("default", model))) {
                    assertThat(client.answer().status()).isEqualTo(422);
                    assertThat(client.text()).contains("capability_missing", "a mock target", "rollout");
                }
            }
            assertThat(upstream.ledger().exchanges()).isEmpty();
        }
    }

    @Test
    void anArmsModelIsWhatRunsAndTheRecordSaysWhichArm() throws Exception {
        try (RunningGateway gateway = RunningGateway.with(TWO_MODELS)) {
            Set<String> models = new HashSet<>();
            for (int i = 0; i < USERS; i++) {
                models.add(answer(gateway, "u" + i).header("x-penstock-model"));
            }
            assertThat(models).containsExactlyInAnyOrder("plain", "large");
            Records records = Records.in(gateway.data(), found -> found.ended() == USERS);
            assertThat(records.of("outcome")).allSatisfy(record -> {
                JsonNode decision = record.path("decisions").path("AssignVariant");
                assertThat(Json.string(decision, "experiment")).isEqualTo("size");
                assertThat(Json.string(decision, "sticky")).isEqualTo("user");
                String model = Json.string(record, "model");
                assertThat(Json.string(decision, "arm")).isEqualTo(model.equals("plain") ? "default" : model);
            });
        }
    }

    @Test
    void aContentAnswerNamesItsArm() {
        String yaml = TWO_MODELS.replace("model: default, arms", "kind: social-media, arms");
        Map<String, String> headers = new HashMap<>(RunningGateway.CALLER);
        headers.put("x-penstock-tags", "user=u1");
        try (RunningGateway gateway = RunningGateway.with(yaml);
                RawClient client = gateway.client()
                        .post("/v1/content/social-media", headers, "{\"platform\":\"twitter\",\"topic\":\"tea\"}")) {
            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(client.text())
                    .containsPattern("\"experiment\":\\{\"name\":\"size\",\"arm\":\"(default|large)\"}");
        }
    }

    private static String rollout(ScriptedUpstream upstream, int percent) {
        return Wires.oneProvider(upstream, "  mock: { dialect: mock, latency: 1ms }\n")
                        .replace("m1 } ]", "m1 }, { provider: mock, model: plain, priority: 9 } ]")
                + "rollout: { real-traffic: " + percent + " }\n";
    }

    private static String provider(RunningGateway gateway, String user) {
        return answer(gateway, user).header("x-penstock-provider");
    }

    private static RawAnswer answer(RunningGateway gateway, String user) {
        try (RawClient client = gateway.chat(Wires.ASK.replace("{\"model\"", "{\"user\":\"" + user + "\",\"model\""))) {
            RawAnswer answer = client.answer();
            assertThat(answer.status()).isEqualTo(200);
            client.text();
            return answer;
        }
    }
}
