package dev.penstock.surface.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Asked;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.AsCalled;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmRoute;
import dev.penstock.exchange.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

/** Tests for {@link ParseContentGatewayFilterFactory}. */
class ParseContentGatewayFilterFactoryTests {

    private static final Json SHALLOW = new Json(4);

    private final LlmFilter filter =
            AsCalled.of(new ParseContentGatewayFilterFactory(settings -> SHALLOW, new Unspoken())
                    .create(new ParseContentGatewayFilterFactory.Config()));
    private final PublisherProbe<Answer> rest = PublisherProbe.of(Mono.just(new Answer.Whole(Json.object())));

    @Test
    void anObjectIsAsked() {
        LlmExchange exchange = exchange("{\"topic\": \"Tea\", \"model\": \"mock/marketer\"}", "*/*");
        StepVerifier.create(filter.filter(exchange, it -> rest.mono()))
                .expectNextCount(1)
                .verifyComplete();
        Asked asked = exchange.get(Fact.ASKED);
        assertThat(asked.model()).isEqualTo("mock/marketer");
        assertThat(asked.dialect()).isEmpty();
        assertThat(Json.string(asked.body(), "topic")).isEqualTo("Tea");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "[\"canary\"]",
                "\"canary\"",
                "{\"canary\": 1, \"canary\": 2}",
                "{\"a\": 1} canary",
                "{\"a\": {\"b\": {\"c\": {\"d\": {\"canary\": 1}}}}}",
                "{\"a\": NaN}",
                "{\"a\": 1e400000}",
                "{\"model\": 5}",
                "{\"stream\": \"canary\"}"
            })
    void whatIsNoStrictObjectNeverReachesTheRest(String body) {
        refused(
                exchange(body, "application/json"),
                failure -> assertThat(failure.getMessage()).doesNotContain("canary"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '#',
            value = {
                "{}~text/event-stream~true",
                "{\"stream\":true}~application/json~true",
                "{\"stream\":false}~text/event-stream~false",
                "{}~text/event-stream, application/json~false",
                "{}~*/*~false"
            })
    void aStreamIsForThoseWhoAskForIt(String body, String accept, boolean streams) {
        LlmExchange exchange = exchange(body, accept);
        StepVerifier.create(filter.filter(exchange, it -> rest.mono()))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(exchange.get(Fact.ASKED).stream()).isEqualTo(streams);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/event-stream, application/json", "text/event-stream, */*;q=0.1", "application/json", "junk"
            })
    void whoTakesJsonGetsIt(String accept) {
        StepVerifier.create(filter.filter(exchange("{}", accept), it -> rest.mono()))
                .expectNextCount(1)
                .verifyComplete();
    }

    private void refused(LlmExchange exchange, Consumer<GatewayException> is) {
        StepVerifier.create(filter.filter(exchange, it -> rest.mono())).verifyErrorSatisfies(failure -> {
            assertThat(((GatewayException) failure).code()).isEqualTo(ErrorCode.REQUEST_INVALID);
            is.accept((GatewayException) failure);
        });
        rest.assertWasNotSubscribed();
    }

    private static LlmExchange exchange(String body, String accept) {
        MockServerWebExchange web = MockServerWebExchange.from(
                MockServerHttpRequest.post("/v1/content/social-media").header("accept", accept));
        LlmRoute route = new LlmRoute(new Settings("0123456789ab", Map.of()), new Unspoken(), "");
        LlmExchange exchange = LlmExchange.open(
                web, new LlmExchange.Opening(route, "request-1", Instant.parse("2020-01-01T00:00:00Z")));
        exchange.put(Fact.BODY, body.getBytes(StandardCharsets.UTF_8));
        return exchange;
    }
}
