package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.exchange.LlmRoute;
import dev.penstock.experiment.ExperimentSettings;
import dev.penstock.keys.CallerSettings;
import dev.penstock.routes.file.ConfigException;
import dev.penstock.upstream.ProviderConfig;
import dev.penstock.upstream.UpstreamSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;

/** Tests for the routes.yml that this project ships. */
class ShippedFileTests {

    /** Characters that mean something in YAML. */
    private static final String TELLING = "{}[]:,-#&*!|>'\"%@`$ \n\t0a=";

    private static final Map<String, String> EVERYTHING = Map.ofEntries(
            Map.entry("OPENAI_API_KEY", "k-1"),
            Map.entry("OPENAI_MODEL", "gpt-x"),
            Map.entry("OPENAI_ENDPOINT", "http://127.0.0.1:9/v1"),
            Map.entry("OPENAI_ENABLED", "true"),
            Map.entry("OPENAI_PRIORITY", "3"),
            Map.entry("OPENAI_ALLOW_PRIVATE", "true"),
            Map.entry("ANTHROPIC_API_KEY", "k-2"),
            Map.entry("ANTHROPIC_MODEL", "claude-x"),
            Map.entry("ANTHROPIC_ENDPOINT", "https://anthropic.example/v1"),
            Map.entry("ANTHROPIC_ENABLED", "false"),
            Map.entry("ANTHROPIC_PRIORITY", "1"),
            Map.entry("ANTHROPIC_ALLOW_PRIVATE", "false"),
            Map.entry("USE_REAL_LLM", "true"),
            Map.entry("LLM_TIMEOUT", "45"),
            Map.entry("LLM_RETRY_ATTEMPTS", "0"),
            Map.entry("LLM_CIRCUIT_BREAKER_THRESHOLD", "7"),
            Map.entry("LLM_CIRCUIT_BREAKER_TIMEOUT", "60"),
            Map.entry("LLM_FALLBACK_ENABLED", "false"),
            Map.entry("PENSTOCK_DEMO_KEY", "psk_other"));

    @Test
    void compilesWithoutAnyVariableAndThenOnlyMockAnswers() throws IOException {
        Compiled compiled = Compiling.compile(shipped(), Map.of());
        UpstreamSettings upstream = compiled.settings().get(UpstreamSettings.class);
        assertThat(upstream.providers()).containsOnlyKeys("openai", "anthropic", "mock");
        assertThat(upstream.providers().entrySet().stream()
                        .filter(it -> it.getValue().usable())
                        .map(Map.Entry::getKey))
                .containsExactly("mock");
        assertThat(compiled.warnings())
                .containsExactly(
                        "provider 'openai' is disabled: it has no key (expected: one in providers.openai.keys, or auth: none)",
                        "provider 'anthropic' is disabled: it has no key (expected: one in providers.anthropic.keys, or auth: none)");
    }

    @Test
    void everyVariableOfTheContractHasItsPlace() throws IOException {
        Compiled compiled = Compiling.compile(shipped(), EVERYTHING);
        UpstreamSettings upstream = compiled.settings().get(UpstreamSettings.class);
        ProviderConfig openai = upstream.providers().get("openai");
        assertThat(openai.usable()).isTrue();
        assertThat(openai.baseUrl()).hasToString("Optional[http://127.0.0.1:9/v1]");
        assertThat(openai.timeout().total()).isEqualTo(Duration.ofSeconds(45));
        assertThat(openai.retry().attempts()).isZero();
        assertThat(openai.breaker().minimum()).isEqualTo(7);
        assertThat(openai.breaker().openFor()).isEqualTo(Duration.ofMinutes(1));
        assertThat(upstream.providers().get("anthropic").usable()).isFalse();
        assertThat(upstream.models().get("default").failover()).isFalse();
        assertThat(upstream.models().get("default").targets())
                .extracting(it -> it.provider() + "/" + it.model() + " " + it.priority())
                .containsExactly("openai/gpt-x 3", "anthropic/claude-x 1", "mock/marketer 9");
        assertThat(compiled.settings()
                        .get(CallerSettings.class)
                        .services()
                        .get("demo")
                        .keys())
                .extracting(it -> it.value().orElseThrow())
                .containsExactly("psk_demo", "psk_other");
    }

    @Test
    void anEmptyVariableIsAsGoodAsNone() throws IOException {
        Map<String, String> empty = EVERYTHING.keySet().stream().collect(Collectors.toMap(it -> it, it -> ""));
        assertThat(Compiling.compile(shipped(), empty).settings().hash())
                .isEqualTo(Compiling.compile(shipped(), Map.of()).settings().hash());
    }

    @Test
    void theBreakersThresholdAloneMayBeRaisedBeyondItsWindow() throws IOException {
        Compiled compiled = Compiling.compile(shipped(), Map.of("LLM_CIRCUIT_BREAKER_THRESHOLD", "30"));
        assertThat(compiled.settings()
                        .get(UpstreamSettings.class)
                        .providers()
                        .get("openai")
                        .breaker()
                        .calls())
                .isEqualTo(30);
        assertThat(compiled.warnings())
                .contains("providers.openai.breaker.window: 20 is less than breaker.minimum (taken: 30)");
    }

    @Test
    void theDemoKeyMayBeNamedInTheEnvironmentToo() throws IOException {
        assertThat(Compiling.problems(shipped(), Map.of("PENSTOCK_DEMO_KEY", "psk_demo")))
                .isEmpty();
    }

    @Test
    void aKeyOfAnotherProviderIsToldWithoutShowingIt() throws IOException {
        assertThat(Compiling.compile(shipped(), Map.of("ANTHROPIC_API_KEY", "sk-of-another"))
                        .warnings())
                .contains(
                        "providers.anthropic.keys: 'main' has another form (expected: a key of api.anthropic.com, which begins with"
                                + " sk-ant-)");
    }

    @Test
    void realProvidersAreSwitchedOffTogether() throws IOException {
        Map<String, String> keys = Map.of("OPENAI_API_KEY", "sk-k", "ANTHROPIC_API_KEY", "sk-ant-k");
        assertThat(real(Compiling.compile(shipped(), keys))).isEqualTo(100);
        Map<String, String> off = new HashMap<>(keys);
        off.put("USE_REAL_LLM", "false");
        Compiled compiled = Compiling.compile(shipped(), off);
        assertThat(real(compiled)).isZero();
        assertThat(compiled.warnings()).isEmpty();
    }

    private static double real(Compiled compiled) {
        return compiled.settings()
                .get(ExperimentSettings.class)
                .rollout()
                .realTraffic()
                .value();
    }

    @Test
    void defaultFiltersAreExpandedAndTheRouteCarriesItsConfiguration() throws IOException {
        Compiled compiled = Compiling.compile(shipped(), Map.of());
        RouteDefinition content = compiled.routes().get(1);
        assertThat(content.getFilters())
                .extracting(FilterDefinition::getName)
                .containsExactly(
                        "WriteAnswer",
                        "Telemetry",
                        "Audit",
                        "Admit",
                        "Authenticate",
                        "AssignVariant",
                        "RenderPrompt",
                        "RateLimit",
                        "GuardInput",
                        "GuardOutput",
                        "SelectUpstream",
                        "Budget",
                        "MeterUsage",
                        "CallUpstream",
                        "ParseContent",
                        "FitSchema");
        assertThat(content.getMetadata().get(LlmRoute.METADATA))
                .isEqualTo(new LlmRoute(compiled.settings(), Steps.CONTENT, "default"));
        assertThat(compiled.routes().get(0).getMetadata().get(LlmRoute.METADATA))
                .isEqualTo(new LlmRoute(compiled.settings(), Steps.CHAT, ""));
    }

    @Test
    void theHashNamesWhatIsInForceAndNotHowItIsWritten() throws IOException {
        String hash = Compiling.compile(shipped(), Map.of()).settings().hash();
        assertThat(hash).matches("[0-9a-f]{12}");
        assertThat(Compiling.compile(shipped() + "# a comment\n", Map.of())
                        .settings()
                        .hash())
                .isEqualTo(hash);
        assertThat(Compiling.compile(shipped(), Map.of("LLM_TIMEOUT", "9m"))
                        .settings()
                        .hash())
                .isNotEqualTo(hash);
    }

    @Test
    void aChangedByteOrLineCompilesOrIsRefusedAsAWhole() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("ShippedFileTests seed " + seed);
        Random random = new Random(seed);
        String shipped = shipped();
        for (int i = 0; i < 100; i++) {
            byte[] changed = random.nextBoolean() ? changedBytes(shipped, random) : changedLines(shipped, random);
            try {
                assertThat(Compiling.compile(changed, Map.of()).routes()).isNotNull();
            } catch (ConfigException refused) {
                assertThat(refused.problems()).isNotEmpty();
            }
        }
    }

    /** A conformance run takes over the routes and the default filters, with providers and callers of its own. */
    @Test
    void itsRoutesWorkWithOtherProviders() throws IOException {
        String shipped = shipped();
        String other = """
                providers:
                  openai:
                    dialect: openai
                    base-url: "http://127.0.0.1:9200/openai/v1"
                    keys: [ { id: main, value: "upk-openai-c0nf0rmance" } ]
                    allow-private: true
                    retry: { attempts: 0 }
                    breaker: { failure-rate: 100, slow-rate: 100, window: 1000, minimum: 1000, open-for: 1s }
                models:
                  default:
                    strategy: priority
                    targets:
                      - { provider: openai, model: unused, priority: 1 }
                teams: { conformance: {} }
                services:
                  conformance:
                    team: conformance
                    keys: [ { id: conformance, value: psk_conformance, loopback-only: true } ]
                    models: [ "*" ]
                """;
        String yaml = other + shipped.substring(shipped.indexOf("\nroutes:"));
        assertThat(Compiling.compile(yaml, Map.of()).routes()).hasSize(2);
    }

    private static byte[] changedBytes(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            boolean telling = random.nextBoolean();
            bytes[at] = telling ? (byte) TELLING.charAt(random.nextInt(TELLING.length())) : (byte) random.nextInt();
        }
        return bytes;
    }

    private static byte[] changedLines(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(5)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.set(at, "  " + line);
            case 3 -> lines.set(at, line.stripLeading());
            default -> lines.subList(at, lines.size()).clear();
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static String shipped() throws IOException {
        return Files.readString(
                Path.of(System.getProperty("penstock.root", "..")).resolve("routes.yml"));
    }

    @Test
    void aSecretIsNotInTheHashButItsPresenceIs() throws IOException {
        assertThat(hashWithKey("one")).isEqualTo(hashWithKey("two")).isNotEqualTo(hashWithKey(""));
    }

    private static String hashWithKey(String key) throws IOException {
        return Compiling.compile(shipped(), Map.of("OPENAI_API_KEY", key))
                .settings()
                .hash();
    }
}
