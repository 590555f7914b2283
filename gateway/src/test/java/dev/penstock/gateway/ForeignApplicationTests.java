package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.Exchange;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.RawEvent;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.ConfigurableApplicationContext;

/** Another gateway with our filters on its class path: without a routes.yml nothing happens, with one it gains its routes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignApplicationTests {

    private static final Map<String, String> HEADERS =
            Map.of("authorization", "Bearer of-the-host", "x-penstock-tags", "kept", "content-type", "text/plain");

    private static final String ROUTES = """
            providers:
              mock: { dialect: mock, latency: 0ms }
              silent: { dialect: openai, base-url: UPSTREAM, allow-private: true, auth: none, timeout: { idle: 400ms } }
            stream: { heartbeat: 40ms }
            models:
              default: { targets: [ { provider: mock, model: marketer } ] }
            services:
              test: { keys: [ { id: test, value: psk_test } ] }
            routes:
              - { id: chat, uri: "llm://any", predicates: [ "Path=/v1/chat/completions" ], filters: [ ParseChat ] }
            default-filters: [ WriteAnswer, Telemetry, Audit, Admit, Authenticate, RenderPrompt, SelectUpstream, MeterUsage, CallUpstream ]
            """;

    /** The host without and with {@code penstock.routes}. */
    private enum Host {
        ALONE,
        WITH_ROUTES
    }

    private ScriptedUpstream upstream;
    private ConfigurableApplicationContext alone;
    private ConfigurableApplicationContext withRoutes;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        upstream = ScriptedUpstream.start();
        alone = ForeignApplication.run(upstream.uri("").toString());
        Path file = Files.writeString(
                folder.resolve("routes.yml"),
                ROUTES.replace("UPSTREAM", upstream.uri("/v1").toString()));
        withRoutes = ForeignApplication.withRoutes(upstream.uri("").toString(), file);
    }

    @AfterAll
    void stop() {
        alone.close();
        withRoutes.close();
        upstream.close();
    }

    @Test
    void itsStreamsHaveHeartbeats() {
        upstream.enqueue(Wires.begun().flush().silence());
        try (RawClient client = client(Host.WITH_ROUTES)
                .post(
                        "/v1/chat/completions",
                        Map.of("authorization", "Bearer psk_test"),
                        Wires.ASK_STREAM.replace("\"default\"", "\"silent/m1\""))) {
            assertThat(client.answer().status()).isEqualTo(200);
            List<String> comments = new ArrayList<>();
            for (RawEvent event = client.event(); event != null; event = client.event()) {
                comments.add(event.comment());
            }
            assertThat(comments).anyMatch(comment -> comment.contains("heartbeat"));
        }
    }

    @Test
    void withoutTheFileThereIsNothingOfOurs() {
        assertThat(ForeignApplication.ours(alone)).isEmpty();
        assertThat(alone.containsBean("penstockRoutesLoader")).isFalse();
        assertThat(ids(alone)).containsExactlyInAnyOrder("plain", "marked");
    }

    @Test
    void withTheFileTheHostGainsItsRoute() {
        assertThat(ids(withRoutes)).containsExactlyInAnyOrder("plain", "marked", "chat");
        RawClient client = client(Host.WITH_ROUTES).post("/v1/chat/completions", RunningGateway.CALLER, Wires.ASK);
        RawAnswer head = client.answer();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("x-penstock-provider")).isEqualTo("mock");
        assertThat(client.text()).contains("\"object\":\"chat.completion\"");
    }

    @Test
    void theGainedRouteStreamsAndTellsErrorsInItsOwnShape() {
        RawClient client =
                client(Host.WITH_ROUTES).post("/v1/chat/completions", RunningGateway.CALLER, Wires.ASK_STREAM);
        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(Wires.events(client)).endsWith("[DONE]");
        RawClient stranger = client(Host.WITH_ROUTES).post("/v1/chat/completions", Map.of(), Wires.ASK);
        assertThat(stranger.answer().status()).isEqualTo(401);
        assertThat(stranger.text()).contains("\"code\":\"key_unknown\"");
    }

    @Test
    void theGainedRouteNeedsNoRouteOfTheHosts() {
        RawClient client = client(Host.ALONE).post("/v1/chat/completions", RunningGateway.CALLER, Wires.ASK);
        isTheHosts404(client, "/v1/chat/completions");
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void anOrdinaryRouteIsUntouched(Host host) {
        int before = upstream.ledger().exchanges().size();
        upstream.enqueue(Script.answer(200)
                .header("x-of-upstream", "1")
                .header("content-type", "text/plain")
                .body("hello"));
        RawClient client = client(host).get("/plain/things?x=1", HEADERS);
        RawAnswer head = client.answer();
        assertThat(head.status()).isEqualTo(200);
        assertThat(client.text()).isEqualTo("hello");
        assertThat(head.header("x-of-upstream")).isEqualTo("1");
        assertThat(ours(head)).isEmpty();
        Exchange received = upstream.ledger().exchanges().get(before);
        assertThat(received.path()).isEqualTo("/plain/things");
        assertThat(received.query()).isEqualTo("x=1");
        assertThat(received.header("authorization")).isEqualTo("Bearer of-the-host");
        assertThat(received.header("x-penstock-tags")).isEqualTo("kept");
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void anyBodyPassesAndTheRoutesOwnFiltersRun(Host host) {
        int before = upstream.ledger().exchanges().size();
        upstream.enqueue(Script.answer(201).header("content-type", "text/html").body("<p>made</p>"));
        RawClient client =
                client(host).raw("PUT /marked/things HTTP/1.1\r\nhost: x\r\ncontent-length: 8\r\n\r\nnot json");
        RawAnswer head = client.answer();
        assertThat(head.status()).isEqualTo(201);
        assertThat(head.header("x-host")).isEqualTo("yes");
        assertThat(client.text()).isEqualTo("<p>made</p>");
        assertThat(ours(head)).isEmpty();
        Exchange received = upstream.ledger().exchanges().get(before);
        assertThat(received.method() + received.path() + received.text()).isEqualTo("PUT/thingsnot json");
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void whatTheUpstreamRefusesIsToldAsItIs(Host host) {
        upstream.enqueue(Script.answer(503).header("content-type", "text/plain").body("busy"));
        RawClient client = client(host).get("/plain/busy", Map.of());
        assertThat(client.answer().status()).isEqualTo(503);
        assertThat(client.text()).isEqualTo("busy");
    }

    @ParameterizedTest
    @EnumSource(Host.class)
    void errorsOutsideOurRoutesAreTheHosts(Host host) {
        isTheHosts404(client(host).get("/nowhere", Map.of("accept", "application/json")), "/nowhere");
        upstream.enqueue(Script.empty().reset());
        RawClient broken = client(host).get("/plain/broken", Map.of("accept", "application/json"));
        RawAnswer head = broken.answer();
        assertThat(head.status()).isEqualTo(500);
        assertThat(ours(head)).isEmpty();
        assertThat(broken.text()).doesNotContain("upstream_", "\"code\"");
    }

    private RawClient client(Host host) {
        return RawClient.to("127.0.0.1", ForeignApplication.port(host == Host.ALONE ? alone : withRoutes));
    }

    private static void isTheHosts404(RawClient client, String path) {
        RawAnswer head = client.answer();
        assertThat(head.status()).isEqualTo(404);
        assertThat(client.text())
                .contains("\"timestamp\"", "\"path\":\"" + path + "\"", "\"error\":\"Not Found\"")
                .doesNotContain("route_unknown");
        assertThat(ours(head)).isEmpty();
    }

    private static List<String> ours(RawAnswer head) {
        return head.headers().keySet().stream()
                .filter(name -> name.startsWith("x-penstock") || name.equals("x-request-id"))
                .toList();
    }

    private static List<String> ids(ConfigurableApplicationContext context) {
        return context.getBean(RouteLocator.class)
                .getRoutes()
                .map(Route::getId)
                .collectList()
                .block();
    }
}
