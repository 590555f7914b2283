package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Spans and meters arrive at a real receiver, and nothing of a prompt or a key does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtlpTests {

    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CANARY = "canary-4711";
    private static final String ASK =
            "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":\"" + CANARY + "\"}]}";

    private ScriptedUpstream first;
    private ScriptedUpstream second;
    private OtlpReceiver receiver;
    private RunningGateway gateway;

    @BeforeAll
    void start() {
        first = ScriptedUpstream.start();
        second = ScriptedUpstream.start();
        receiver = OtlpReceiver.start();
        gateway = RunningGateway.with(Wires.twoProviders(first, second), receiver.arguments());
        ask();
        refuse();
    }

    @AfterAll
    void stop() {
        gateway.close();
        receiver.close();
        first.close();
        second.close();
    }

    @Test
    void oneServerSpanAndAChildForEachAttemptGoOnWithTheCallersTrace() {
        List<Span> spans = trace(receiver.spans(4, BOUND));
        Span server = spans.stream()
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                .findFirst()
                .orElseThrow();
        assertThat(server.getName()).isEqualTo("POST /v1/chat/completions");
        assertThat(hex(server.getParentSpanId().toByteArray())).isEqualTo("b7ad6b7169203331");
        assertThat(attributes(server))
                .containsEntry("gen_ai.request.model", "default")
                .containsEntry("gen_ai.provider.name", "second")
                .containsEntry("gen_ai.response.model", "up-1")
                .containsEntry("gen_ai.usage.input_tokens", "3")
                .containsEntry("penstock.service", "test")
                .containsEntry("penstock.attempts", "2")
                .containsEntry("http.response.status_code", "200");
        List<Span> children = spans.stream()
                .filter(span -> span.getParentSpanId().equals(server.getSpanId()))
                .sorted(Comparator.comparing(span -> attributes(span).get("penstock.attempt")))
                .toList();
        assertThat(children).hasSize(2).allMatch(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(attributes(children.get(0))).containsEntry("error.type", "unavailable");
        assertThat(attributes(children.get(1))).containsEntry("gen_ai.usage.output_tokens", "2");
    }

    @Test
    void theMetersArriveInSeconds() {
        List<Metric> durations = receiver.metric("gen_ai.server.request.duration", BOUND);
        assertThat(durations.get(0).getUnit()).isEqualTo("seconds");
        assertThat(durations.get(0).hasHistogram()).isTrue();
        for (String name : List.of(
                "gen_ai.client.operation.duration",
                "gen_ai.client.token.usage",
                "penstock.requests",
                "penstock.attempts",
                "penstock.gateway.overhead",
                "penstock.breaker.state")) {
            assertThat(receiver.metric(name, BOUND)).as(name).isNotEmpty();
        }
    }

    @Test
    void prometheusReadsThemOnTheAdminPort() throws Exception {
        String text = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(gateway.admin("/actuator/prometheus"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(text).contains("penstock_requests_total{", "gen_ai_server_request_duration_seconds_bucket{");
        assertThat(text).doesNotContain("http_server_requests", CANARY, RunningGateway.KEY, "upk-");
    }

    @Test
    void noPromptAndNoKeyIsTold() {
        receiver.spans(4, BOUND);
        receiver.metric("penstock.requests", BOUND);
        assertThat(receiver.everything()).doesNotContain(CANARY, RunningGateway.KEY, "psk_wrong", "upk-");
    }

    private void ask() {
        first.enqueue(Script.json(503, "{\"error\":{\"message\":\"" + CANARY + "\",\"type\":\"server_error\"}}"));
        second.enqueue(Script.json(Wires.ANSWER));
        Map<String, String> headers = new HashMap<>(RunningGateway.CALLER);
        headers.put("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
        try (RawClient client = gateway.client().post("/v1/chat/completions", headers, ASK)) {
            assertThat(client.answer().status()).isEqualTo(200);
        }
    }

    private void refuse() {
        try (RawClient client = gateway.client().post("/v1/chat/completions", Map.of("x-api-key", "psk_wrong"), ASK)) {
            assertThat(client.answer().status()).isEqualTo(401);
            assertThat(client.text()).doesNotContain("psk_wrong", CANARY);
        }
    }

    private static List<Span> trace(List<Span> spans) {
        return spans.stream()
                .filter(span -> hex(span.getTraceId().toByteArray()).equals(TRACE))
                .toList();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Map<String, String> attributes(Span span) {
        Map<String, String> all = new HashMap<>();
        span.getAttributesList()
                .forEach(it -> all.put(
                        it.getKey(),
                        it.getValue().hasStringValue()
                                ? it.getValue().getStringValue()
                                : String.valueOf(it.getValue().getIntValue())));
        return all;
    }
}
