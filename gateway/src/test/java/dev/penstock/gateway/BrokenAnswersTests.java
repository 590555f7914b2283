package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.BrokenAnswers;
import dev.penstock.testing.BrokenAnswers.Broken;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.RawEvent;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every broken answer of the corpus through the gateway, in both wires, whole and streamed; the model never does better. */
class BrokenAnswersTests {

    private final Map<String, ObjectNode> examples = new HashMap<>();
    private final Map<String, ObjectNode> schemas = new HashMap<>();
    private volatile String text = "";

    @ParameterizedTest
    @EnumSource
    void everyAnswerFitsAndSaysWhatItIs(ContentWires wire) {
        ScriptedUpstream upstream = ScriptedUpstream.start().answering(asked -> script(wire, asked.text()));
        String providers = Wires.oneProvider(upstream, "");
        try (upstream;
                RunningGateway gateway = RunningGateway.with(
                        wire == ContentWires.OPENAI
                                ? providers
                                : providers.replace("dialect: openai", "dialect: anthropic"))) {
            RawClient list = gateway.client().get("/v1/content", RunningGateway.CALLER);
            assertThat(list.answer().status()).isEqualTo(200);
            Json.LENIENT_DEPTH.read(list.text()).path("kinds").forEach(kind -> {
                examples.put(Json.string(kind, "kind"), (ObjectNode) kind.path("example"));
                schemas.put(Json.string(kind, "kind"), (ObjectNode) kind.path("output"));
            });
            for (Broken broken : BrokenAnswers.all()) {
                text = broken.text();
                check(broken, whole(gateway, broken));
                if (!broken.text().isEmpty()) {
                    check(broken, streamed(gateway, broken));
                }
            }
        }
    }

    private Script script(ContentWires wire, String request) {
        return Json.LENIENT_DEPTH.read(request).path("stream").asBoolean(false) ? wire.stream(text) : wire.whole(text);
    }

    private JsonNode whole(RunningGateway gateway, Broken broken) {
        RawClient client = gateway.client().post("/v1/content/" + broken.kind(), RunningGateway.CALLER, body(broken));
        int status = client.answer().status();
        String answer = client.text();
        assertThat(status).as("%s %s", broken, answer).isEqualTo(200);
        client.close();
        return Json.LENIENT_DEPTH.read(answer);
    }

    private JsonNode streamed(RunningGateway gateway, Broken broken) {
        Map<String, String> headers =
                Map.of("authorization", "Bearer " + RunningGateway.KEY, "accept", "text/event-stream");
        RawClient client = gateway.client().post("/v1/content/" + broken.kind(), headers, body(broken));
        assertThat(client.answer().status()).isEqualTo(200);
        String answer = "";
        int answers = 0;
        for (RawEvent event = client.event(); event != null; event = client.event()) {
            if (event.event().equals("answer")) {
                answer = event.data();
                answers++;
            } else if (!event.data().isEmpty()) {
                assertThat(event.event()).as("%s %s", broken, event).isEqualTo("progress");
            }
        }
        client.close();
        assertThat(answers).as(broken.toString()).isEqualTo(1);
        return Json.LENIENT_DEPTH.read(answer);
    }

    private String body(Broken broken) {
        return Json.LENIENT_DEPTH.text(examples.get(broken.kind()));
    }

    private void check(Broken broken, JsonNode answer) {
        JsonNode metadata = answer.path("metadata");
        String label = metadata.path("fallback_used").asBoolean(false)
                ? "fallback"
                : metadata.path("repaired").asBoolean(false) ? "repaired" : "clean";
        assertThat(label).as("%s %s", broken, answer).isEqualTo(broken.label());
        JsonNode schema = schemas.get(broken.kind());
        schema.path("required")
                .forEach(name -> assertThat(answer.has(name.asString()))
                        .as("%s %s", broken, answer)
                        .isTrue());
        answer.propertyNames()
                .forEach(name -> assertThat(name.equals("metadata")
                                || schema.path("properties").has(name))
                        .as(name)
                        .isTrue());
    }
}
