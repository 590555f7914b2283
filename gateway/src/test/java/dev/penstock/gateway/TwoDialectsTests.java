package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An Anthropic target first, an OpenAI one second: what belongs to the first must not stick to the second. */
class TwoDialectsTests {

    private ScriptedUpstream claude;
    private ScriptedUpstream gpt;
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        claude = ScriptedUpstream.start();
        gpt = ScriptedUpstream.start();
        gateway = RunningGateway.with(
                Wires.twoProviders(claude, gpt).replaceFirst("dialect: openai", "dialect: anthropic"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        claude.close();
        gpt.close();
    }

    @Test
    void whatTheFirstCouldNotHonourTheSecondDid() {
        claude.enqueue(Script.json(
                529, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}"));
        gpt.enqueue(Script.json(Wires.ANSWER));
        RawAnswer head = gateway.chat(Wires.ASK.replace("{\"model\"", "{\"seed\":7,\"model\""))
                .answer();
        assertThat(head.header("x-penstock-provider")).isEqualTo("second");
        assertThat(head.header("x-penstock-ignored")).isNull();
        assertThat(gpt.ledger().only().text()).contains("\"seed\":7");
    }

    @Test
    void theUsageOfAnAttemptThatFailedIsNotTheAnswers() {
        claude.enqueue(Script.stream()
                .sse(
                        "message_start",
                        "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\","
                                + "\"model\":\"c\",\"content\":[],\"usage\":{\"input_tokens\":777,\"output_tokens\":1}}}")
                .sse("error", "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}")
                .endChunks());
        gpt.enqueue(Wires.wholeStream());
        Map<String, String> reporting =
                Map.of("authorization", "Bearer " + RunningGateway.KEY, "x-penstock-usage", "true");
        RawClient client = gateway.client().post("/v1/chat/completions", reporting, Wires.ASK_STREAM);
        assertThat(client.answer().header("x-penstock-provider")).isEqualTo("second");
        assertThat(Wires.events(client))
                .noneMatch(event -> event.contains("777"))
                .anyMatch(event -> event.contains("x_penstock"));
    }

    @Test
    void aRequestThatTheFirstCannotWriteGoesToTheSecond() {
        String file =
                "{\"model\":\"MODEL\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"f-1\"}}]}]}";
        gpt.enqueue(Script.json(Wires.ANSWER));
        RawAnswer head = gateway.chat(file.replace("MODEL", "default")).answer();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("x-penstock-attempts")).isEqualTo("1");
        RawClient alone = gateway.chat(file.replace("MODEL", "first/m1"));
        assertThat(alone.answer().status()).isEqualTo(400);
        assertThat(alone.text()).contains("request_invalid", "names a file");
        assertThat(claude.ledger().exchanges()).isEmpty();
    }

    @Test
    void aCallerThatLeavesWhileItUploadsIsNoFaultOfOurs() {
        RawClient client = gateway.client()
                .postHead(
                        "/v1/chat/completions",
                        Map.of("authorization", "Bearer " + RunningGateway.KEY, "content-type", "application/json"),
                        1000)
                .raw("{\"model\":");
        client.reset();
        gpt.enqueue(Script.json(Wires.ANSWER));
        claude.enqueue(Script.json(503, "{}"));
        assertThat(gateway.chat(Wires.ASK).answer().status()).isEqualTo(200);
        MeterRegistry meters = gateway.bean(MeterRegistry.class);
        assertThat(meters.find("penstock.requests").tag("outcome", "internal").counters())
                .isEmpty();
        assertThat(gpt.ledger().await(0, Duration.ofSeconds(5))).isNotNull();
    }
}
