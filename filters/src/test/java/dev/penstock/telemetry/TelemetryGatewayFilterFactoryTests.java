package dev.penstock.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.core.Usage;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.testing.Exchanges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Tests for {@link TelemetryGatewayFilterFactory}. */
class TelemetryGatewayFilterFactoryTests {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final SpanList spans = new SpanList();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LlmExchange exchange = exchange();

    @Test
    void anAnswerIsOneServerSpanAndOneClientSpanAnAttempt() {
        StepVerifier.create(run(Sampler.alwaysOn(), Mono.fromSupplier(this::served)))
                .expectNextCount(1)
                .verifyComplete();
        SpanData server = spans.only(SpanKind.SERVER);
        assertThat(server.getName()).isEqualTo("POST /v1/chat/completions");
        assertThat(server.getTraceId()).isEqualTo(TRACE);
        assertThat(server.getStartEpochNanos())
                .isEqualTo(Duration.between(Instant.EPOCH, Exchanges.BEGAN).toNanos());
        assertThat(server.getEndEpochNanos() - server.getStartEpochNanos()).isEqualTo(9_000_000);
        assertThat(server.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(strings(server))
                .contains("gen_ai.operation.name=chat", "gen_ai.request.model=default", "gen_ai.provider.name=openai")
                .contains("gen_ai.response.model=gpt-4.1-mini-2025", "gen_ai.usage.input_tokens=12")
                .contains("gen_ai.response.finish_reasons=[stop]", "http.response.status_code=200")
                .contains("penstock.service=billing", "penstock.attempts=2", "penstock.config=0123456789ab");
        List<SpanData> clients = spans.of(SpanKind.CLIENT);
        assertThat(clients).hasSize(2).allMatch(it -> it.getParentSpanId().equals(server.getSpanId()));
        assertThat(strings(clients.get(0))).contains("error.type=unavailable", "http.response.status_code=503");
        assertThat(strings(clients.get(1)))
                .contains("gen_ai.usage.output_tokens=3")
                .noneMatch(it -> it.startsWith("error"));
    }

    @Test
    void anAnswerIsCounted() {
        StepVerifier.create(run(Sampler.alwaysOff(), Mono.fromSupplier(this::served)))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(registry.get("penstock.requests")
                        .tags(
                                "provider",
                                "openai",
                                "model",
                                "gpt",
                                "surface",
                                "chat",
                                "service",
                                "billing",
                                "outcome",
                                "ok")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("penstock.attempts")
                        .tag("outcome", "unavailable")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("gen_ai.client.operation.duration")
                        .tag("outcome", "ok")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("gen_ai.client.token.usage")
                        .tag("token.type", "input")
                        .summary()
                        .totalAmount())
                .isEqualTo(12);
        assertThat(registry.get("penstock.gateway.overhead").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(4);
        assertThat(registry.find("gen_ai.server.time_to_first_token").timer()).isNull();
    }

    @Test
    void aStreamIsToldWhenItEndsNotWhenItBegins() {
        Answer.Streamed stream = Answer.Streamed.of(Flux.empty(), () -> {});
        StepVerifier.create(run(Sampler.alwaysOn(), Mono.fromSupplier(() -> {
                    served();
                    return stream;
                })))
                .expectNextCount(1)
                .verifyComplete();
        assertThat(spans.all()).isEmpty();
        StepVerifier.create(stream.chunks()).verifyComplete();
        assertThat(spans.only(SpanKind.SERVER).hasEnded()).isTrue();
        assertThat(registry.get("gen_ai.server.time_to_first_token").timer().count())
                .isEqualTo(1);
    }

    @Test
    void aBrokenStreamIsAnErrorAfterStatus200() {
        GatewayException cut = new GatewayException(ErrorCode.UPSTREAM_INVALID, Told.NOTHING);
        Answer.Streamed stream = Answer.Streamed.of(Flux.error(cut), () -> {});
        StepVerifier.create(run(Sampler.alwaysOn(), Mono.just(stream)))
                .expectNextCount(1)
                .verifyComplete();
        StepVerifier.create(stream.chunks()).verifyError(GatewayException.class);
        SpanData server = spans.only(SpanKind.SERVER);
        assertThat(strings(server)).contains("error.type=upstream_invalid", "http.response.status_code=200");
        assertThat(server.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    @Test
    void aRefusedRequestIsNotTheGatewaysError() {
        Mono<Answer> refused = Mono.error(new GatewayException(ErrorCode.KEY_UNKNOWN, Told.NOTHING));
        StepVerifier.create(run(Sampler.alwaysOn(), refused)).verifyError(GatewayException.class);
        SpanData server = spans.only(SpanKind.SERVER);
        assertThat(strings(server)).contains("error.type=key_unknown", "http.response.status_code=401");
        assertThat(server.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(registry.get("penstock.requests")
                        .tags("outcome", "key_unknown", "provider", "none")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aFailureThatNobodyExpectedIsInternalAndItsTextIsNotTold() {
        Mono<Answer> bug = Mono.error(new IllegalStateException("canary"));
        StepVerifier.create(run(Sampler.alwaysOn(), bug)).verifyError(IllegalStateException.class);
        assertThat(strings(spans.only(SpanKind.SERVER))).contains("error.type=internal");
        assertThat(spans.all().toString()).doesNotContain("canary");
    }

    @Test
    void aCallerThatLeavesEndsTheRunningAttempt() {
        exchange.trail().add(sent(new Attempt("openai", "gpt", Exchanges.BEGAN.plusMillis(2))));
        StepVerifier.create(run(Sampler.alwaysOn(), Mono.never())).thenCancel().verify();
        assertThat(strings(spans.only(SpanKind.SERVER)))
                .contains("error.type=cancelled")
                .noneMatch(it -> it.startsWith("http.response.status_code"));
        SpanData client = spans.only(SpanKind.CLIENT);
        assertThat(strings(client)).contains("error.type=cancelled");
        assertThat(client.getEndEpochNanos() - client.getStartEpochNanos()).isEqualTo(7_000_000);
    }

    @Test
    void aModelThatTheCallerNamedWithItsProviderIsNoLabel() {
        LlmExchange direct = exchange();
        direct.put(Fact.ASKED, Asked.in("openai", "openai/anything", Json.object(), Set.of(), false, body -> null));
        Attempt attempt = sent(new Attempt("openai", "anything", Exchanges.BEGAN));
        direct.trail().add(attempt);
        filter(Sampler.alwaysOff())
                .filter(direct, ignored -> Mono.just(new Answer.Whole(Json.object())))
                .block();
        assertThat(registry.get("penstock.requests")
                        .tag("model", "other")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void withoutATraceparentANewTraceBegins() {
        LlmExchange plain =
                Exchanges.of(MockServerHttpRequest.post("/v1/chat/completions").build());
        filter(Sampler.alwaysOn())
                .filter(plain, ignored -> Mono.just(new Answer.Whole(Json.object())))
                .block();
        assertThat(spans.only(SpanKind.SERVER).getTraceId()).isNotEqualTo(TRACE);
        assertThat(spans.only(SpanKind.SERVER).getParentSpanContext().isValid()).isFalse();
    }

    private Answer served() {
        Attempt first = sent(new Attempt("anthropic", "claude", Exchanges.BEGAN.plusMillis(1)));
        first.ended(new Attempt.End(Attempt.Reason.UNAVAILABLE, 503, Duration.ofMillis(2), null));
        Attempt second = sent(new Attempt("openai", "gpt", Exchanges.BEGAN.plusMillis(4)));
        second.answeredBy("gpt-4.1-mini-2025");
        second.firstEventAfter(Duration.ofMillis(1));
        second.ended(new Attempt.End(Attempt.Reason.OK, 200, Duration.ofMillis(3), null));
        exchange.trail().add(first);
        exchange.trail().add(second);
        exchange.trail().served(second);
        second.used(Usage.reported(12, 3));
        second.finished("stop");
        exchange.put(Fact.CALLER, new Caller("billing", "finance", "main", List.of("*")));
        exchange.put(Fact.ASKED, Asked.in("openai", "default", Json.object(), Set.of(), false, body -> null));
        return new Answer.Whole(Json.object());
    }

    private Mono<Answer> run(Sampler sampler, Mono<Answer> rest) {
        return filter(sampler).filter(exchange, ignored -> rest);
    }

    private LlmFilter filter(Sampler sampler) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build();
        return new TelemetryGatewayFilterFactory(
                        new Spans(new Telemetry(provider)),
                        new Meters(registry),
                        () -> exchange.beganNanos() + 9_000_000)
                .create(new TelemetryGatewayFilterFactory.Config());
    }

    private static LlmExchange exchange() {
        LlmExchange made = Exchanges.of(MockServerHttpRequest.post("/v1/chat/completions")
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .build());
        made.web()
                .getAttributes()
                .put(ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR, "/v1/chat/completions");
        return made;
    }

    private static List<String> strings(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .map(it -> ((AttributeKey<?>) it.getKey()).getKey() + "=" + it.getValue())
                .toList();
    }

    /** No propagators: the step reads the caller's trace by itself. */
    private record Telemetry(TracerProvider provider) implements OpenTelemetry {

        @Override
        public TracerProvider getTracerProvider() {
            return provider;
        }

        @Override
        public ContextPropagators getPropagators() {
            return ContextPropagators.noop();
        }
    }

    private static Attempt sent(Attempt attempt) {
        attempt.leaves();
        return attempt;
    }
}
