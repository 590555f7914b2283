package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.Candidate;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Need;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.provider.openai.OpenAiDialect;
import dev.penstock.testing.Exchanges;
import dev.penstock.upstream.ModelConfig.Strategy;
import dev.penstock.upstream.ModelConfig.TargetConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import tools.jackson.databind.node.ObjectNode;

/** Targets and the length of a context: a small model, a large one, and one whose window is not known. */
class TargetsTests {

    private static final Map<String, Long> WINDOWS = Map.of("small", 8_000L, "large", 1_000_000L);

    private final Targets targets = new Targets(new Dialects(List.of(new OpenAiDialect())));

    @Test
    void aTargetThatARequestIsTooLongForIsPassedOver() {
        assertThat(models(64_008, Set.of(), "small", "large", "unknown")).containsExactly("large", "unknown");
    }

    @Test
    void whatMayFitIsNotPassedOver() {
        assertThat(models(64_000, Set.of(), "small", "large")).containsExactly("small", "large");
    }

    @Test
    void theBytesOfAnImageAreNotTokens() {
        assertThat(models(1_000_000, Set.of(Need.IMAGES), "small")).containsExactly("small");
    }

    @Test
    void tooLongForAllIsToldToTheCaller() {
        assertThatThrownBy(() -> models(64_008, Set.of(), "small"))
                .isInstanceOfSatisfying(GatewayException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.CAPABILITY_MISSING);
                    assertThat(refused.told().toString()).contains("context length");
                });
    }

    @Test
    void aShortRequestAsksNoCatalogue() {
        UpstreamSettings settings = settings(
                (provider, model) -> {
                    throw new AssertionError("asked for " + model);
                },
                "small");
        assertThat(targets.of(exchange(1_000, Set.of(), settings))).hasSize(1);
    }

    /** A short request can become a long prompt, and the prompt is what the model has to take. */
    @Test
    void theLengthIsThatOfTheRenderedPrompt() {
        LlmExchange exchange =
                exchange(1_000, Set.of(), settings((provider, model) -> OptionalLong.of(8_000), "small"));
        exchange.put(Fact.PROMPTED, asked("default", 64_008, Set.of()));
        assertThatThrownBy(() -> targets.of(exchange)).hasMessageContaining("context length");
    }

    @Test
    void aModelThatTheCallerDidNotNameNeedsNoPermission() {
        UpstreamSettings settings = settings((provider, model) -> OptionalLong.empty(), "small");
        LlmExchange exchange = Exchanges.of(MockServerHttpRequest.post("/").build(), settings);
        exchange.put(Fact.CALLER, new Caller("demo", "", "key", List.of("other")));
        exchange.put(Fact.ASKED, asked("", 100, Set.of()));
        exchange.put(Fact.PROMPTED, asked("default", 100, Set.of()));
        assertThat(targets.of(exchange)).extracting(Candidate::model).containsExactly("small");
    }

    @Test
    void aModelThatTheCallerNamedNeedsPermission() {
        UpstreamSettings settings = settings((provider, model) -> OptionalLong.empty(), "small");
        LlmExchange exchange = Exchanges.of(MockServerHttpRequest.post("/").build(), settings);
        exchange.put(Fact.CALLER, new Caller("demo", "", "key", List.of("other")));
        exchange.put(Fact.ASKED, asked("default", 100, Set.of()));
        assertThatThrownBy(() -> targets.of(exchange))
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MODEL_FORBIDDEN));
    }

    private List<String> models(int bytes, Set<Need> needs, String... models) {
        UpstreamSettings settings = settings(
                (provider, model) ->
                        WINDOWS.containsKey(model) ? OptionalLong.of(WINDOWS.get(model)) : OptionalLong.empty(),
                models);
        return targets.of(exchange(bytes, needs, settings)).stream()
                .map(Candidate::model)
                .toList();
    }

    private static LlmExchange exchange(int bytes, Set<Need> needs, UpstreamSettings settings) {
        LlmExchange exchange = Exchanges.of(MockServerHttpRequest.post("/").build(), settings);
        exchange.put(Fact.CALLER, new Caller("demo", "", "key", List.of("*")));
        exchange.put(Fact.ASKED, asked("default", bytes, needs));
        return exchange;
    }

    /** Of so many bytes of text, those of the names in it included. */
    private static Asked asked(String model, int bytes, Set<Need> needs) {
        long names = saying("", model, needs).weight().textBytes();
        return saying("x".repeat(Math.toIntExact(bytes - names)), model, needs);
    }

    private static Asked saying(String content, String model, Set<Need> needs) {
        ObjectNode body = Json.object();
        body.putArray("messages").addObject().put("role", "user").put("content", content);
        return Asked.in("openai", model, body, needs, false, read -> {
            throw new AssertionError("translated");
        });
    }

    private static UpstreamSettings settings(UpstreamSettings.Windows windows, String... models) {
        List<TargetConfig> all = List.of(models).stream()
                .map(model -> new TargetConfig("openai", model, 1))
                .toList();
        return new UpstreamSettings(
                Map.of("openai", provider()),
                Map.of("default", new ModelConfig(Strategy.PRIORITY, true, 4096, Optional.empty(), all)),
                windows,
                Map.of());
    }

    private static ProviderConfig provider() {
        Duration second = Duration.ofSeconds(1);
        return new ProviderConfig(
                "openai",
                List.of(true),
                Optional.of(URI.create("https://api.example/v1")),
                false,
                List.of(),
                ProviderConfig.Auth.NONE,
                new ProviderConfig.TimeoutConfig(second, second, second, second),
                new ProviderConfig.RetryConfig(0, second, second, second),
                new ProviderConfig.BreakerConfig(50, 100, second, 20, 5, second),
                new ProbeConfig(ProbeConfig.By.MODELS, Optional.empty(), 0),
                Optional.empty(),
                1,
                List.of(),
                Map.of(),
                second,
                0,
                Optional.empty(),
                Optional.empty());
    }
}
