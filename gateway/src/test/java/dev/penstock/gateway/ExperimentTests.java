package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.Folders;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The rollout and experiments, over HTTP. */
class ExperimentTests {

    private static final int USERS = 60;
    private static final int SCORED = 20;
    private static final String TOKEN = "--PENSTOCK_ADMIN_TOKEN=open-sesame";
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

    @Test
    void scoresAreCountedOnceAndOutliveARestart() throws Exception {
        Path routes = RunningGateway.write(Folders.make("penstock-experiment"), TWO_MODELS);
        String first;
        try (RunningGateway gateway = RunningGateway.ofFile(routes, TOKEN)) {
            for (int i = 0; i < SCORED; i++) {
                String id = answer(gateway, "u" + i).header("x-request-id");
                assertThat(feedback(gateway, scored(id, i % 2)))
                        .startsWith("200 ")
                        .contains("\"name\":\"size\"");
                assertThat(feedback(gateway, scored(id, 1)))
                        .startsWith("400 ")
                        .contains("request_invalid", "has its score");
            }
            first = admin(gateway, "/admin/experiments/size");
            JsonNode arms = read(first).path("arms");
            assertThat(arms.path(0).path("answered").asInt()
                            + arms.path(1).path("answered").asInt())
                    .isEqualTo(SCORED);
            assertThat(arms.path(0).path("scores").asInt()
                            + arms.path(1).path("scores").asInt())
                    .isEqualTo(SCORED);
            assertThat(first).contains("\"state\":\"running\"", "nothing yet: too few callers");
        }
        try (RunningGateway gateway = RunningGateway.ofFile(routes, TOKEN)) {
            assertThat(admin(gateway, "/admin/experiments/size")).isEqualTo(first);
        }
    }

    @Test
    void feedbackThatFitsNothingIsRefusedInClearWords() {
        try (RunningGateway gateway = RunningGateway.with(TWO_MODELS, TOKEN)) {
            assertThat(feedback(gateway, scored("never-was", 1)))
                    .startsWith("400 ")
                    .contains("request_invalid", "'request_id' names no answer");
            assertThat(feedback(gateway, "{\"request_id\":\"a\",\"score\":1.5}"))
                    .contains("'score' is out of range");
            assertThat(feedback(gateway, "{\"request_id\":\"a\"}")).contains("'score' missing");
            assertThat(feedback(gateway, "{\"request_id\":\"a\",\"score\":1,\"stars\":5}"))
                    .contains("unknown field");
            assertThat(feedback(gateway, "{\"request_id\":\"a\",\"score\":1,\"label\":\"a b\"}"))
                    .contains("'label'");
            assertThat(feedback(gateway, "[]")).contains("'body' is not an object");
            assertThat(feedback(gateway, "{\"score\":1,\"score\":0}")).contains("'body' cannot be read");
            assertThat(feedback(gateway, "{\"a\":\"" + "x".repeat(20_000) + "\"}"))
                    .startsWith("413 ");
            try (RawClient client = gateway.client().post("/v1/feedback", Map.of(), scored("a", 1))) {
                assertThat(client.answer().status()).isEqualTo(401);
            }
            try (RawClient client = gateway.client().get("/v1/feedback", RunningGateway.CALLER)) {
                assertThat(client.answer().status()).isEqualTo(405);
            }
            assertThat(admin(gateway, "/admin/experiments/gone")).contains("There is no such experiment", "size");
        }
    }

    private static String scored(String requestId, int score) {
        return "{\"request_id\":\"" + requestId + "\",\"score\":" + score + ",\"label\":\"front-end\"}";
    }

    private static String feedback(RunningGateway gateway, String body) {
        try (RawClient client = gateway.client().post("/v1/feedback", RunningGateway.CALLER, body)) {
            return client.answer().status() + " " + client.text();
        }
    }

    private static String admin(RunningGateway gateway, String path) {
        URI uri = gateway.admin(path);
        try (RawClient client = RawClient.to(uri.getHost(), uri.getPort())
                .get(uri.getPath(), Map.of("authorization", "Bearer open-sesame"))) {
            client.answer();
            return client.text();
        }
    }

    private static JsonNode read(String json) {
        return Json.LENIENT_DEPTH.read(json);
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
