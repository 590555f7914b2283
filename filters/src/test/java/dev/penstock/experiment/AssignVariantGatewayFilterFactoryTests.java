package dev.penstock.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Variant;
import dev.penstock.experiment.ExperimentConfig.ArmConfig;
import dev.penstock.experiment.ExperimentConfig.StickyBy;
import dev.penstock.experiment.ExperimentConfig.StopConfig;
import dev.penstock.experiment.shadow.ShadowSettings;
import dev.penstock.experiment.shadow.Shadowing;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.testing.Exchanges;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link AssignVariantGatewayFilterFactory}. */
class AssignVariantGatewayFilterFactoryTests {

    private static final Percent ALL = new Percent(100);
    private static final List<ArmConfig> MODELS = List.of(model("plain", 1), model("large", 3));

    private final AssignVariantGatewayFilterFactory factory = new AssignVariantGatewayFilterFactory(
            new Kinds(Path.of(System.getProperty("penstock.root", "..")).resolve("prompts")),
            new Shadowing(
                    none -> {
                        throw new AssertionError("a copy");
                    },
                    null,
                    Clock.systemUTC(),
                    Schedulers.immediate(),
                    () -> 0,
                    end -> {}));

    @Test
    void aCallerKeepsItsArmAndCallersAreSpreadByWeight() {
        ExperimentSettings settings = settings(ofModel(StickyBy.USER), ALL);
        Map<String, Integer> got = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            String user = "user-" + i;
            Variant variant = variant(chat("plain", user), settings);
            assertThat(variant(chat("plain", user), settings)).isEqualTo(variant);
            got.merge(variant.model(), 1, Integer::sum);
        }
        assertThat(got.get("large")).isBetween(2_850, 3_150);
        assertThat(got.get("plain")).isBetween(850, 1_150);
    }

    @Test
    void stickyByServiceAllUsersOfAServiceShareItsArm() {
        ExperimentSettings settings = settings(ofModel(StickyBy.SERVICE), ALL);
        Set<Variant> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            seen.add(variant(chat("plain", "user-" + i), settings));
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void theTrailSaysTheArmAndWhatWasSticky() {
        LlmExchange exchange = chat("plain", "");
        Variant variant = variant(exchange, settings(ofModel(StickyBy.USER), ALL));
        ObjectNode decision = exchange.trail().decisions().get(Step.ASSIGN_VARIANT);
        assertThat(decision.path("experiment").stringValue()).isEqualTo("e");
        assertThat(decision.path("arm").stringValue()).isEqualTo(variant.arm());
        assertThat(decision.path("sticky").stringValue())
                .as("no user was named")
                .isEqualTo("service");
        assertThat(decision.toString()).doesNotContain("billing");
    }

    @Test
    void otherModelsAreNotInIt() {
        LlmExchange exchange = chat("another", "u");
        assertThat(variant(exchange, settings(ofModel(StickyBy.USER), ALL))).isEqualTo(Variant.NONE);
        assertThat(exchange.trail().decisions()).isEmpty();
    }

    @Test
    void whatTheCallerPinnedIsNotTriedOut() {
        ExperimentSettings versions = settings(ofKind(version("v1"), version("v1")), ALL);
        assertThat(variant(content("{}", ""), versions).promptVersion()).isEqualTo("v1");
        assertThat(variant(content("{\"prompt_version\":\"v1\"}", ""), versions))
                .isEqualTo(Variant.NONE);
        ExperimentSettings models = settings(ofKind(model("plain", 1), model("large", 1)), ALL);
        assertThat(variant(content("{}", ""), models).model()).isNotEmpty();
        assertThat(variant(content("{\"model\":\"plain\"}", "plain"), models)).isEqualTo(Variant.NONE);
    }

    @Test
    void aVersionThatIsGoneEndsTheExperimentForAll() {
        LlmExchange exchange = content("{}", "");
        assertThat(variant(exchange, settings(ofKind(version("v1"), version("gone")), ALL)))
                .isEqualTo(Variant.NONE);
        assertThat(exchange.trail().decisions().get(Step.ASSIGN_VARIANT).toString())
                .contains("not_in", "is gone");
    }

    @Test
    void theUserOfAContentRequestComesFromItsTags() {
        ExperimentSettings settings = settings(ofKind(model("plain", 1), model("large", 1)), ALL);
        Set<String> models = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            models.add(variant(tagged("user=u" + i), settings).model());
        }
        assertThat(models).containsExactlyInAnyOrder("plain", "large");
        LlmExchange more = tagged("user=u, team=red");
        variant(more, settings);
        assertThat(more.trail().ignored()).containsExactly("x-penstock-tags");
    }

    @Test
    void theRolloutKeepsItsShareOfCallersReal() {
        ExperimentSettings settings = settings(Map.of(), new Percent(20));
        int real = 0;
        for (int i = 0; i < 4_000; i++) {
            LlmExchange exchange = chat("plain", "user-" + i);
            boolean mock = variant(exchange, settings).mockOnly();
            real += mock ? 0 : 1;
            assertThat(exchange.trail().decisions().get(Step.ASSIGN_VARIANT).toString())
                    .isEqualTo("{\"rollout\":\"" + (mock ? "mock" : "real") + "\"}");
        }
        assertThat(real).isBetween(650, 950);
        assertThat(variant(chat("plain", "u"), settings(Map.of(), new Percent(0)))
                        .mockOnly())
                .isTrue();
    }

    private Variant variant(LlmExchange exchange, ExperimentSettings settings) {
        LlmExchange own = Exchanges.of(
                MockServerHttpRequest.post("/")
                        .headers(exchange.request().getHeaders())
                        .build(),
                settings,
                new ShadowSettings(Map.of()));
        own.web().getAttributes().putAll(kindOf(exchange));
        own.put(Fact.CALLER, new Caller("billing", "finance", "k", List.of("*")));
        own.put(Fact.ASKED, exchange.get(Fact.ASKED));
        factory.create(new AssignVariantGatewayFilterFactory.Config())
                .filter(own, rest -> Mono.<Answer>empty())
                .block();
        own.trail().decisions().forEach(exchange.trail()::decided);
        own.trail().ignored().forEach(exchange.trail()::ignore);
        return own.get(Fact.VARIANT);
    }

    private static Map<String, Object> kindOf(LlmExchange exchange) {
        Map<String, Object> found = new HashMap<>();
        Object kind = exchange.web().getAttribute(ServerWebExchangeUtils.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (kind != null) {
            found.put(ServerWebExchangeUtils.URI_TEMPLATE_VARIABLES_ATTRIBUTE, kind);
        }
        return found;
    }

    private static LlmExchange chat(String model, String user) {
        LlmExchange exchange = Exchanges.of(MockServerHttpRequest.post("/").build());
        ObjectNode body = Json.object().put("model", model);
        if (!user.isEmpty()) {
            body.put("user", user);
        }
        exchange.put(Fact.ASKED, Asked.in("openai", model, body, Set.of(), false, read -> {
            throw new AssertionError("translated");
        }));
        return exchange;
    }

    private static LlmExchange content(String body, String model) {
        return content(MockServerHttpRequest.post("/").build(), body, model);
    }

    private static LlmExchange tagged(String tags) {
        return content(
                MockServerHttpRequest.post("/").header("x-penstock-tags", tags).build(), "{}", "");
    }

    private static LlmExchange content(MockServerHttpRequest request, String body, String model) {
        LlmExchange exchange = Exchanges.of(request);
        exchange.web()
                .getAttributes()
                .put(ServerWebExchangeUtils.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("kind", "social-media"));
        exchange.put(Fact.ASKED, Asked.content(model, (ObjectNode) Json.LENIENT_DEPTH.read(body.getBytes()), false));
        return exchange;
    }

    private static ExperimentSettings settings(Map<String, ExperimentConfig> experiments, Percent real) {
        return new ExperimentSettings(experiments, new RolloutConfig(real));
    }

    private static Map<String, ExperimentConfig> ofModel(StickyBy by) {
        return Map.of(
                "e", new ExperimentConfig(Optional.empty(), Optional.of("plain"), MODELS, by, new StopConfig(1_000)));
    }

    private static Map<String, ExperimentConfig> ofKind(ArmConfig... arms) {
        return Map.of(
                "e",
                new ExperimentConfig(
                        Optional.of("social-media"),
                        Optional.empty(),
                        List.of(arms),
                        StickyBy.USER,
                        new StopConfig(1_000)));
    }

    private static ArmConfig version(String version) {
        return new ArmConfig(Optional.of(version), Optional.empty(), 1);
    }

    private static ArmConfig model(String model, int weight) {
        return new ArmConfig(Optional.empty(), Optional.of(model), weight);
    }
}
