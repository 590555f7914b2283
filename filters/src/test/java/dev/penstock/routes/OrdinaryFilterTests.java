package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.FirstStep;
import dev.penstock.exchange.FirstStepFilter;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.LlmRoute;
import dev.penstock.exchange.Settings;
import dev.penstock.exchange.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.factory.AddResponseHeaderGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.RemoveResponseHeaderGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.SecureHeadersGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.SecureHeadersProperties;
import org.springframework.cloud.gateway.filter.factory.SetResponseHeaderGatewayFilterFactory;
import org.springframework.cloud.gateway.filter.factory.SetStatusGatewayFilterFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.node.JsonNodeFactory;

/** The table of docs/filters/ordinary.md, tried: Spring's own filters between WriteAnswer and the steps within. */
class OrdinaryFilterTests {

    @Test
    void addResponseHeaderReachesTheCaller() {
        var factory = new AddResponseHeaderGatewayFilterFactory();
        var config = new AddResponseHeaderGatewayFilterFactory.Config();
        config.setName("x-team");
        config.setValue("platform");
        assertThat(through(factory.apply(config)).getFirst("x-team")).isEqualTo("platform");
    }

    @Test
    void setResponseHeaderReachesTheCaller() {
        var factory = new SetResponseHeaderGatewayFilterFactory();
        var config = new SetResponseHeaderGatewayFilterFactory.NameValueConfig();
        config.setName("x-team");
        config.setValue("platform");
        assertThat(through(factory.apply(config)).getFirst("x-team")).isEqualTo("platform");
    }

    @Test
    void secureHeadersReachTheCaller() {
        var factory = new SecureHeadersGatewayFilterFactory(new SecureHeadersProperties());
        assertThat(through(factory.apply(factory.newConfig())).getFirst("X-Frame-Options"))
                .isEqualTo("DENY");
    }

    @Test
    void anErrorGoesWithoutThem() {
        var factory = new AddResponseHeaderGatewayFilterFactory();
        var config = new AddResponseHeaderGatewayFilterFactory.Config();
        config.setName("x-team");
        config.setValue("platform");
        HttpHeaders headers = through(factory.apply(config), Mono.error(new IllegalStateException("no upstream")));
        assertThat(headers.getFirst("x-failed")).isEqualTo("yes");
        assertThat(headers.getFirst("x-team")).isNull();
    }

    @Test
    void othersHaveNoEffectAndAreRefusedTherefore() {
        var remove = new RemoveResponseHeaderGatewayFilterFactory();
        var header = remove.newConfig();
        header.setName("x-written-last");
        assertThat(through(remove.apply(header)).getFirst("x-written-last")).isEqualTo("yes");
        var status = new SetStatusGatewayFilterFactory();
        var teapot = status.newConfig();
        teapot.setStatus("418");
        assertThat(through(status.apply(teapot)).getFirst("x-status")).isEqualTo("200 OK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AddResponseHeader=x-team, platform", "SetResponseHeader=x-team, platform"})
    void theTableAllowsThem(String filter) {
        Sample.problems("[ ParseChat ]", "[ \"" + filter + "\", ParseChat ]").isEmpty();
    }

    @Test
    void theyStandBeforeTheSteps() {
        String yaml = Sample.with("[ ParseChat ]", "[ ParseChat, \"AddResponseHeader=x-team, a\" ]");
        assertThat(Compiling.compile(yaml, Map.of())
                        .routes()
                        .get(0)
                        .getFilters()
                        .get(0)
                        .getName())
                .isEqualTo("AddResponseHeader");
    }

    @Test
    void othersSayWhatToUseInstead() {
        Sample.problems("[ ParseChat ]", "[ ParseChat, Retry=3 ]")
                .containsExactly(
                        "routes.yml:17:27 routes[0].filters[1]: Retry does not work on llm:// routes (use instead:"
                                + " providers.NAME.retry)");
        Sample.problems("SelectUpstream, Meter", "SelectUpstream, StripPrefix=1, Meter")
                .containsExactly(
                        "routes.yml:18:102 default-filters[7]: StripPrefix does not work on llm:// routes (use instead:"
                                + " providers.NAME.base-url)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-penstock-model", "Content-Type", "x-ratelimit-limit-requests", "cache-control"})
    void headersThatWriteAnswerSetsAreNotTheirs(String header) {
        Sample.problems("[ ParseChat ]", "[ ParseChat, \"SetResponseHeader=" + header + ", x\" ]")
                .containsExactly(
                        "routes.yml:17:27 routes[0].filters[1]: SetResponseHeader on a header that WriteAnswer sets"
                                + " (expected: another header)");
    }

    @Test
    void springsResponseCacheIsRefusedOnEveryRoute() {
        Sample.problems("[ ParseChat ]", "[ ParseChat, LocalResponseCache=1m ]")
                .containsExactly("routes.yml:17:27 routes[0].filters[1]: LocalResponseCache is refused: CVE-2026-59426,"
                        + " CVE-2026-59427 (expected: no filter)");
        Sample.problems(
                        "  - id: chat\n",
                        "  - { id: p, uri: \"http://a.example\", filters: [ LocalResponseCache ] }\n  - id: chat\n")
                .singleElement()
                .asString()
                .contains("LocalResponseCache is refused");
    }

    /** Runs one ordinary filter where Spring would put it; gives the headers that the caller gets. */
    private static HttpHeaders through(GatewayFilter ordinary) {
        return through(ordinary, Mono.just(new Answer.Whole(JsonNodeFactory.instance.objectNode())));
    }

    private static HttpHeaders through(GatewayFilter ordinary, Mono<Answer> answer) {
        MockServerWebExchange web = MockServerWebExchange.from(MockServerHttpRequest.post("/v1/chat/completions"));
        GatewayFilter answering = new Answering(answer).apply(new Steps.NoConfig());
        List<GatewayFilter> chain = List.of(new FirstStepFilter(new Writer()), ordinary, answering);
        StepVerifier.create(new Chain(chain).filter(web)).verifyComplete();
        return web.getResponse().getHeaders();
    }

    /** What is left of a chain. */
    private record Chain(List<GatewayFilter> filters) implements GatewayFilterChain {

        @Override
        public Mono<Void> filter(ServerWebExchange web) {
            return filters.isEmpty()
                    ? Mono.empty()
                    : filters.get(0).filter(web, new Chain(filters.subList(1, filters.size())));
        }
    }

    /** Writes the response as WriteAnswer does: status and headers of its own, then the body. */
    private static final class Writer implements FirstStep {

        @Override
        public LlmExchange open(ServerWebExchange web) {
            LlmRoute route = new LlmRoute(new Settings("0", Map.of()), Steps.CHAT, "");
            return LlmExchange.open(web, new LlmExchange.Opening(route, "id", Instant.EPOCH));
        }

        @Override
        public Mono<Void> write(LlmExchange exchange, Answer answer) {
            var response = exchange.web().getResponse();
            response.setStatusCode(HttpStatus.OK);
            response.getHeaders().set("x-written-last", "yes");
            response.getHeaders().set("x-status", String.valueOf(response.getStatusCode()));
            return response.writeWith(Mono.just(response.bufferFactory().wrap("{}".getBytes(StandardCharsets.UTF_8))));
        }

        @Override
        public Mono<Void> fail(LlmExchange exchange, Throwable failure) {
            exchange.web().getResponse().getHeaders().set("x-failed", "yes");
            return exchange.web().getResponse().setComplete();
        }
    }

    /** Answers without an upstream. */
    private static final class Answering extends LlmGatewayFilterFactory<Steps.NoConfig> {

        private final Mono<Answer> answer;

        Answering(Mono<Answer> answer) {
            super(Step.CALL_UPSTREAM, Steps.NoConfig.class);
            this.answer = answer;
        }

        @Override
        protected LlmFilter create(Steps.NoConfig config) {
            return (exchange, rest) -> answer;
        }
    }
}
