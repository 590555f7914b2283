package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.CurrentSettings;
import dev.penstock.journal.OpeningJournal;
import dev.penstock.keys.Callers;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.ScriptedUpstream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.core.env.Environment;

/** What the data port answers beside the routes, and what it lets in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataPortTests {

    private ScriptedUpstream upstream;
    private RunningGateway gateway;

    @BeforeAll
    void start() {
        upstream = ScriptedUpstream.start();
        gateway = RunningGateway.with(
                Wires.oneProvider(upstream, "") + "inbound: { max-body: 64KB, body-timeout: 300ms }\n");
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @TestFactory
    Stream<DynamicTest> healthIsUp() {
        return Stream.of("/health", "/health/liveliness", "/health/readiness")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    try (RawClient client = gateway.client().get(path, Map.of())) {
                        assertThat(client.answer().status()).isEqualTo(200);
                        assertThat(client.text()).isEqualTo("{\"status\":\"UP\"}");
                    }
                }));
    }

    @Test
    void aGatewayThatRefusesTrafficSaysSo() {
        announce(ReadinessState.REFUSING_TRAFFIC);
        try {
            assertThat(status("/health/readiness")).isEqualTo(503);
            assertThat(status("/health")).isEqualTo(503);
            assertThat(status("/health/liveliness")).isEqualTo(200);
        } finally {
            announce(ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @TestFactory
    Stream<DynamicTest> whatIsNotThereIsToldInTheDialectOfItsPath() {
        return Stream.of("/", "/actuator", "/actuator/health", "/actuator/prometheus", "/admin/config", "/v1/nothing")
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    try (RawClient client = gateway.client().get(path, Map.of("x-request-id", "mine"))) {
                        RawAnswer answer = client.answer();
                        assertThat(answer.status()).isEqualTo(404);
                        assertThat(answer.header("x-request-id")).isEqualTo("mine");
                        assertThat(client.text()).contains("\"error\":{", "\"code\":\"route_unknown\"");
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoRequestIsRefusedInTheSameWords() {
        Map<String, Integer> heads = Map.of(
                "GET /%zz HTTP/1.1\r\nhost: x\r\n\r\n",
                400,
                "GET /" + "a".repeat(5000) + " HTTP/1.1\r\nhost: x\r\n\r\n",
                414,
                "GET / HTTP/1.1\r\nhost: x\r\nlong: " + "a".repeat(9000) + "\r\n\r\n",
                431,
                "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
                400,
                "NONSENSE\r\n\r\n",
                400);
        return heads.entrySet().stream()
                .map(head -> DynamicTest.dynamicTest(head.getKey().substring(0, 8) + head.getValue(), () -> {
                    try (RawClient client = gateway.client().raw(head.getKey())) {
                        RawAnswer answer = client.answer();
                        assertThat(answer.status()).isEqualTo(head.getValue());
                        assertThat(answer.header("x-request-id")).startsWith("req_");
                        assertThat(client.text()).contains("\"error\":{", "\"code\":\"request_invalid\"");
                    }
                }));
    }

    @Test
    void theMessagesApiIsRefusedInItsOwnShape() {
        try (RawClient client = gateway.client().get("/v1/messages", Map.of("x-request-id", "mine"))) {
            assertThat(client.answer().status()).isEqualTo(404);
            assertThat(client.text())
                    .contains("\"type\":\"error\"", "\"type\":\"not_found_error\"", "\"request_id\":\"mine\"");
        }
    }

    @TestFactory
    Stream<DynamicTest> theAdministratorsPortServesNoCallers() {
        int admin = gateway.bean(Environment.class).getRequiredProperty("local.management.port", Integer.class);
        return Map.of("/v1/models", 404, "/health", 404, "/admin/nothing", 401, "/actuator/health", 200)
                .entrySet()
                .stream()
                .map(path -> DynamicTest.dynamicTest(path.getKey(), () -> {
                    URI uri = URI.create("http://127.0.0.1:" + admin);
                    try (RawClient client = RawClient.to(uri).get(path.getKey(), Map.of())) {
                        RawAnswer answer = client.answer();
                        assertThat(answer.status()).isEqualTo(path.getValue());
                        assertThat(answer.header("cache-control")).isEqualTo("no-store");
                        if (path.getValue() != 200) {
                            String code = path.getValue() == 404 ? "route_unknown" : "key_unknown";
                            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
                            assertThat(client.text()).contains("\"code\":\"" + code + "\"");
                        }
                    }
                }));
    }

    @Test
    void aSwitchThatIsNeitherTrueNorFalseIsRefused() {
        Map<String, String> headers = new HashMap<>(json());
        headers.put("x-penstock-usage", "maybe");
        try (RawClient client = gateway.client().post("/v1/chat/completions", headers, Wires.ASK)) {
            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(client.text()).contains("x-penstock-usage", "expected: true or false");
        }
    }

    @Test
    void anotherMethodIsTold() {
        try (RawClient client = gateway.client().get("/v1/chat/completions", RunningGateway.CALLER)) {
            RawAnswer answer = client.answer();
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("allow")).isEqualTo("POST");
        }
    }

    @Test
    void aChunkedBodyOverTheLimitIsRefusedBeforeItsEnd() {
        try (RawClient client = gateway.client().postChunked("/v1/chat/completions", json())) {
            IntStream.range(0, 9).forEach(ignored -> client.chunk(" ".repeat(8192)));
            assertThat(client.answer().status()).isEqualTo(413);
            assertThat(client.text()).contains("request_too_large");
        }
    }

    @Test
    void aBodyThatStopsIsTimedOut() {
        try (RawClient client = gateway.client().postHead("/v1/chat/completions", json(), 100)) {
            assertThat(client.raw("{").answer().status()).isEqualTo(408);
        }
    }

    @Test
    void veryManyHeadersAreRefused() {
        Map<String, String> headers = new HashMap<>();
        IntStream.range(0, 101).forEach(i -> headers.put("h" + i, "x"));
        try (RawClient client = gateway.client().get("/health", headers)) {
            assertThat(client.answer().status()).isEqualTo(431);
        }
    }

    @Test
    void theStartLineSaysWithWhatItRuns() {
        String line = StartLine.text(
                gateway.bean(Environment.class),
                new Instance("i-1"),
                gateway.bean(CurrentSettings.class).get(),
                gateway.bean(Callers.class),
                gateway.bean(OpeningJournal.class).view(),
                List.of());
        assertThat(List.of(line.split(" ")))
                .contains("instance=i-1", "stores=embedded", "providers=first", "degraded=none");
        assertThat(line).matches("ready: port=\\d+ admin=\\d+ .* config=[0-9a-f]{12} .*");
    }

    private void announce(ReadinessState state) {
        gateway.bean(ApplicationAvailabilityBean.class).onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
    }

    private int status(String path) {
        try (RawClient client = gateway.client().get(path, Map.of())) {
            return client.answer().status();
        }
    }

    private static Map<String, String> json() {
        Map<String, String> headers = new HashMap<>(RunningGateway.CALLER);
        headers.put("content-type", "application/json");
        return headers;
    }
}
