package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.ScriptedUpstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Keys, prompts and answers are canaries: after successes and every kind of failure none is found where it does not belong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanaryTests {

    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final String CHAT = "/v1/chat/completions";
    private static final String CONTENT = "/v1/content/social-media";

    /** What a caller was told; the body up to where it broke. */
    private record Told(String name, RawAnswer head, String body) {

        /** Only answers may tell anything; a content kind's fallback repeats the caller's topic. */
        String[] allowed() {
            if (head.status() != 200) {
                return new String[0];
            }
            return name.startsWith("content")
                    ? new String[] {Canary.ANSWER, Canary.PROMPT}
                    : new String[] {Canary.ANSWER};
        }

        @Override
        public String toString() {
            return name + ": " + head.status();
        }
    }

    private final List<Told> told = new ArrayList<>();
    private ScriptedUpstream upstream;
    private OtlpReceiver receiver;
    private RunningGateway gateway;
    private String log;
    private String meters;

    @BeforeAll
    void driveEverything(@TempDir Path folder) throws IOException {
        upstream = ScriptedUpstream.start().answering(Canary::script);
        receiver = OtlpReceiver.start();
        Path routes = Files.writeString(
                folder.resolve("routes.yml"),
                Canary.routes(upstream.uri("/v1").toString()) + "audit: { shippers: [ { type: otlp, url: \""
                        + receiver.logsAddress() + "\", allow-private: true } ] }\n");
        Path logFile = folder.resolve("all.log");
        List<String> arguments = new ArrayList<>(List.of(Faults.ARGUMENT));
        arguments.addAll(List.of(receiver.arguments()));
        arguments.addAll(List.of(Canary.logging(logFile)));
        gateway = RunningGateway.ofFile(routes, arguments.toArray(String[]::new));
        answers();
        failures();
        invalid();
        content();
        internal();
        receiver.spans(told.size(), BOUND);
        receiver.metric("penstock.requests", BOUND);
        receiver.logs(text -> text.contains("\"type\":\"outcome\""), BOUND);
        meters = gateway.bean(MeterRegistry.class).getMeters().stream()
                .map(it -> it.getId().toString())
                .toList()
                .toString();
        meters += get("/actuator/prometheus") + get("/actuator/health") + get("/actuator/info");
        gateway.close();
        log = Files.readString(logFile);
    }

    @AfterAll
    void stop() {
        receiver.close();
        upstream.close();
        // Spring Boot says by system properties where the log goes: gateways of later tests would write none
        List.of("CONSOLE_LOG_THRESHOLD", "LOG_FILE").forEach(System::clearProperty);
    }

    @TestFactory
    Stream<DynamicTest> noHeaderTells() {
        return told.stream()
                .map(it -> DynamicTest.dynamicTest(
                        it.toString(),
                        () -> assertThat(Canary.in(it.head().headers().toString()))
                                .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> noBodyTellsMoreThanTheAnswer() {
        return told.stream()
                .map(it -> DynamicTest.dynamicTest(
                        it.toString(),
                        () -> assertThat(Canary.in(it.body(), it.allowed()))
                                .as(it.body())
                                .isEmpty()));
    }

    @Test
    void noLogTells() {
        assertThat(log).contains("DEBUG", "outcome=");
        assertThat(log.lines().filter(line -> !Canary.in(line).isEmpty())).isEmpty();
    }

    @Test
    void noMeterTells() {
        assertThat(meters).contains("penstock_requests_total");
        assertThat(Canary.in(meters)).isEmpty();
    }

    @Test
    void noSpanAndNoShippedRecordTells() {
        assertThat(receiver.everything()).contains("gen_ai.request.model", "penstock.audit.outcome");
        assertThat(receiver.everything().lines().filter(line -> !Canary.in(line).isEmpty()))
                .isEmpty();
    }

    @Test
    void nothingOfTheCallersCredentialsReachesAProvider() {
        assertThat(upstream.ledger().exchanges()).isNotEmpty().allSatisfy(received -> {
            assertThat(received.headers().keySet())
                    .noneMatch(name -> name.startsWith("x-penstock"))
                    .noneMatch(name -> name.equals("cookie") || name.startsWith("x-forwarded"));
            assertThat(Canary.in(received.headers().toString(), Canary.PROVIDER_KEY))
                    .isEmpty();
            assertThat(received.text()).doesNotContain(Canary.CALLER_KEY);
            assertThat(received.path() + received.query()).doesNotContain(Canary.PROVIDER_KEY);
        });
    }

    private void answers() {
        chat("openai/text", "");
        chat("anthropic/claude", "");
        chat("openai/stream", ",\"stream\":true");
        chat("anthropic/claude-stream", ",\"stream\":true");
        chat("default", "");
    }

    private void failures() {
        chat("refused/401", "");
        chat("refused/text", "");
        chat("throttled/429", "");
        chat("throttled/text", "");
        for (String model :
                List.of("400", "400-everywhere", "503", "html", "bad-json", "bad-shape", "garbage", "bad-header")) {
            chat("openai/" + model, "");
            chat("openai/" + model, ",\"stream\":true");
            chat("anthropic/" + model, "");
        }
        for (String model : List.of("cut", "stall", "error-event", "error-event-first", "bad-event")) {
            chat("streamed/" + model, ",\"stream\":true");
        }
    }

    private void invalid() {
        post("not JSON", CHAT, Canary.CALLER_KEY, "{\"messages\":" + Canary.PROMPT + "}");
        post("a number", CHAT, Canary.CALLER_KEY, "{\"messages\":12" + Canary.PROMPT + "}");
        post("cut JSON", CHAT, Canary.CALLER_KEY, "{\"messages\":[\"" + Canary.PROMPT);
        post("escape", CHAT, Canary.CALLER_KEY, "{\"messages\":[\"" + Canary.PROMPT + "\\q\"]}");
        post("two documents", CHAT, Canary.CALLER_KEY, "{}" + Canary.PROMPT);
        post("a text", CHAT, Canary.CALLER_KEY, "\"" + Canary.PROMPT + "\"");
        post("messages", CHAT, Canary.CALLER_KEY, "{\"model\":\"default\",\"messages\":\"" + Canary.PROMPT + "\"}");
        for (String field : List.of(
                "temperature", "stream", "tools", "tool_choice", "response_format", "stop", "n", "max_tokens")) {
            chat("anthropic/claude", ",\"" + field + "\":\"" + Canary.PROMPT + "\"");
        }
        post(
                "role",
                CHAT,
                Canary.CALLER_KEY,
                Canary.ask("anthropic/claude", "").replace("\"user\"", "\"" + Canary.PROMPT + "\""));
        post(
                "part",
                CHAT,
                Canary.CALLER_KEY,
                Canary.ask("anthropic/claude", "")
                        .replace(
                                "\"content\":\"" + Canary.PROMPT + "\"",
                                "\"content\":[{\"type\":\"" + Canary.PROMPT + "\"}]"));
        post("unknown key", CHAT, "psk_" + Canary.CALLER_KEY, Canary.ask("default", ""));
        post("forbidden model", CHAT, Canary.CALLER_KEY + "N", Canary.ask("openai/text", ""));
        post("unknown model", CHAT, Canary.CALLER_KEY, Canary.ask("nope", ""));
        post("unknown path", "/v1/nothing", Canary.CALLER_KEY, Canary.ask("default", ""));
    }

    private void content() {
        String topic = "\"topic\":\"" + Canary.PROMPT + "\"";
        post("content", CONTENT, Canary.CALLER_KEY, "{\"platform\":\"twitter\"," + topic + "}");
        post(
                "content, refused",
                CONTENT,
                Canary.CALLER_KEY,
                "{\"model\":\"openai/400\",\"platform\":\"twitter\"," + topic + "}");
        post(
                "content, down",
                CONTENT,
                Canary.CALLER_KEY,
                "{\"model\":\"openai/503\",\"platform\":\"twitter\"," + topic + "}");
        post("content, platform", CONTENT, Canary.CALLER_KEY, "{\"platform\":\"" + Canary.PROMPT + "\"," + topic + "}");
        post(
                "content, type",
                CONTENT,
                Canary.CALLER_KEY,
                "{\"platform\":\"twitter\",\"topic\":[\"" + Canary.PROMPT + "\"]}");
        post(
                "content, unknown field",
                CONTENT,
                Canary.CALLER_KEY,
                "{\"x\":\"" + Canary.PROMPT + "\",\"platform\":\"twitter\"," + topic + "}");
        post("content, not JSON", CONTENT, Canary.CALLER_KEY, "{" + Canary.PROMPT);
        post("content, unknown kind", "/v1/content/poem", Canary.CALLER_KEY, "{" + topic + "}");
    }

    private void internal() {
        RuntimeException bug =
                new IllegalStateException(Canary.PROMPT + Canary.PROVIDER_KEY, new IOException(Canary.PROMPT));
        for (Faults.Boundary boundary : gateway.beans(Faults.Boundary.class)) {
            boundary.failInward(bug);
            chat("openai/text", "");
            boundary.failOutward(bug);
            chat("openai/stream", ",\"stream\":true");
        }
    }

    private void chat(String model, String more) {
        post(model + more.replaceAll(".canary.*", ""), CHAT, Canary.CALLER_KEY, Canary.ask(model, more));
    }

    private void post(String name, String path, String key, String body) {
        try (RawClient client = gateway.client().post(path, Canary.headers(key), body)) {
            RawAnswer head = client.answer();
            told.add(new Told(name, head, rest(client)));
        }
    }

    private static String rest(RawClient client) {
        try {
            return client.text();
        } catch (UncheckedIOException broken) {
            return "";
        }
    }

    private String get(String path) {
        RawClient client = RawClient.to(gateway.admin(path)).get(path, Map.of());
        client.answer();
        return client.text();
    }
}
