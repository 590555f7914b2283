package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.gateway.direct.DirectCalls;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** The short way to the steps: who takes it, and that nobody outside can tell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectCallsTests {

    private static final String CHAT = "/v1/chat/completions";

    /** An origin that nobody asks from: Spring has something to do for each request, so that none takes the short way. */
    private static final String CORS =
            "--spring.cloud.gateway.server.webflux.globalcors.cors-configurations[/none].allowed-origins=https://example.org";

    private static final String OBSERVED = "--management.observations.enable.http.server.requests=true";

    private static final String TENANT = "x-tenant";

    private ScriptedUpstream upstream;
    private RunningGateway direct;
    private RunningGateway spring;
    private RunningGateway observed;
    private RunningGateway filtered;
    private RunningGateway global;

    @BeforeAll
    void start() {
        upstream = ScriptedUpstream.start();
        direct = RunningGateway.with(Wires.oneProvider(upstream, ""));
        spring = RunningGateway.with(Wires.oneProvider(upstream, ""), CORS);
        observed = RunningGateway.with(Wires.oneProvider(upstream, ""), OBSERVED);
        filtered = RunningGateway.beside(WebFilter.class, REFUSING, Wires.oneProvider(upstream, ""));
        global = RunningGateway.beside(GlobalFilter.class, new First(), Wires.oneProvider(upstream, ""));
    }

    @AfterAll
    void stop() {
        direct.close();
        spring.close();
        observed.close();
        filtered.close();
        global.close();
        upstream.close();
    }

    /** Somebody's own door before all: refuses a tenant that is not named, and has the headers of the answer first. */
    private static final WebFilter REFUSING = (web, chain) -> {
        if (web.getRequest().getHeaders().containsHeader(TENANT)) {
            return chain.filter(
                    web.mutate().response(new Holding(web.getResponse())).build());
        }
        web.getResponse().setStatusCode(HttpStatus.I_AM_A_TEAPOT);
        return web.getResponse().setComplete();
    };

    /** Keeps the headers until they leave, and marks those that it had. */
    private static final class Holding extends ServerHttpResponseDecorator {

        private final HttpHeaders held = new HttpHeaders();

        private Holding(ServerHttpResponse response) {
            super(response);
            response.beforeCommit(() -> {
                held.forEach((name, values) -> response.getHeaders().put("held-" + name, values));
                response.getHeaders().putAll(held);
                return Mono.empty();
            });
        }

        @Override
        public HttpHeaders getHeaders() {
            return held;
        }
    }

    /** The same around the filters of all routes. */
    private static final class First implements GlobalFilter, Ordered {

        @Override
        public Mono<Void> filter(ServerWebExchange web, GatewayFilterChain chain) {
            return REFUSING.filter(web, chain::filter);
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }

    private record Told(int status, Map<String, List<String>> headers, String text) {}

    private Told ask(RunningGateway gateway, Map<String, String> headers, String body, Script script) {
        upstream.enqueue(script);
        try (RawClient client = gateway.client().post(CHAT, headers, body)) {
            RawAnswer answer = client.answer();
            Map<String, List<String>> told = new TreeMap<>(answer.headers());
            // each request's own, each configuration's own, and what Spring adds where it looks for origins
            List.of("x-request-id", "server-timing", "x-penstock-config", "vary")
                    .forEach(told::remove);
            return new Told(answer.status(), told, client.text());
        }
    }

    @Test
    void anAnswerIsTheSameOnBothWays() {
        Told one = ask(direct, RunningGateway.CALLER, Wires.ASK, Script.json(Wires.ANSWER));
        Told other = ask(spring, RunningGateway.CALLER, Wires.ASK, Script.json(Wires.ANSWER));
        assertThat(one).isEqualTo(other);
        assertThat(one.status()).isEqualTo(200);
        assertThat(direct.bean(DirectCalls.class).isDirect(CHAT)).isTrue();
        assertThat(spring.bean(DirectCalls.class).isDirect(CHAT)).isFalse();
    }

    @Test
    void aStreamIsTheSameOnBothWays() {
        Told one = ask(direct, RunningGateway.CALLER, Wires.ASK_STREAM, Wires.wholeStream());
        assertThat(one).isEqualTo(ask(spring, RunningGateway.CALLER, Wires.ASK_STREAM, Wires.wholeStream()));
        assertThat(one.text()).contains("[DONE]");
    }

    @Test
    void aRefusalIsTheSameOnBothWays() {
        Told one = refused(direct);
        assertThat(one).isEqualTo(refused(spring));
        assertThat(one.status()).isEqualTo(401);
    }

    private static Told refused(RunningGateway gateway) {
        try (RawClient client = gateway.client().post(CHAT, Map.of(), Wires.ASK)) {
            RawAnswer answer = client.answer();
            return new Told(answer.status(), Map.of("type", answer.headers().get("content-type")), client.text());
        }
    }

    @Test
    void theAdministratorsPortHasNoShortWay() {
        ask(direct, RunningGateway.CALLER, Wires.ASK, Script.json(Wires.ANSWER));
        try (RawClient client = RawClient.to(direct.admin("/")).post(CHAT, RunningGateway.CALLER, Wires.ASK)) {
            assertThat(client.answer().status()).isEqualTo(404);
        }
    }

    @Test
    void whatIsNoCallOfAModelGoesSpringsWay() {
        try (RawClient client = direct.client().get("/health", Map.of())) {
            assertThat(client.answer().status()).isEqualTo(200);
        }
        try (RawClient client = direct.client().post("/v1/models", RunningGateway.CALLER, "{}")) {
            assertThat(client.answer().status()).isNotEqualTo(200);
        }
        DirectCalls calls = direct.bean(DirectCalls.class);
        assertThat(List.of("/health", "/v1/models", "/v1/content/tweet")).noneMatch(calls::isDirect);
    }

    /** Spring's observation of requests is made by what the short way passes by. */
    @Test
    void whoeverWantsSpringsObservationsHasThemOfAllCalls() {
        assertThat(ask(observed, RunningGateway.CALLER, Wires.ASK, Script.json(Wires.ANSWER))
                        .status())
                .isEqualTo(200);
        assertThat(observed.bean(DirectCalls.class).isDirect(CHAT)).isFalse();
    }

    @Test
    void aFilterOfSomebodyElsesIsPassedByNoCall() {
        for (RunningGateway gateway : List.of(filtered, global)) {
            Map<String, String> named = new TreeMap<>(RunningGateway.CALLER);
            named.put(TENANT, "red");
            Told told = ask(gateway, named, Wires.ASK, Script.json(Wires.ANSWER));
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.headers())
                    .containsKeys("x-penstock-provider", "held-x-penstock-provider", "held-x-request-id");
            try (RawClient client = gateway.chat(Wires.ASK)) {
                assertThat(client.answer().status()).isEqualTo(418);
            }
            assertThat(gateway.bean(DirectCalls.class).isDirect(CHAT)).isFalse();
        }
    }
}
