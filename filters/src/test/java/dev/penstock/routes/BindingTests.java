package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.upstream.ProviderConfig;
import dev.penstock.upstream.UpstreamSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a file becomes records. */
class BindingTests {

    @Test
    void anUnknownKeyNamesTheKnownOnes() {
        Sample.problems("connect: 2s", "conect: 2s")
                .containsExactly(
                        "routes.yml:6:16 providers.openai.timeout.conect: unknown key 'conect' (expected one of:"
                                + " connect, first-byte, idle, total); did you mean 'connect'?");
    }

    @Test
    void anUnknownSectionNamesTheKnownOnes() {
        Sample.problems("models:\n", "modells: {}\nmodels:\n")
                .containsExactly(
                        "routes.yml:8:1 modells: unknown key 'modells' (expected one of: providers, models,"
                                + " services, teams, callers, guardrails, inbound, stream, audit, prices, global, rollout, experiments, alerts, degraded, include, routes, default-filters); did you mean 'models'?");
    }

    @Test
    void aKeyOfALaterVersionIsToldAsSuch() {
        Sample.problems("mock: { dialect: mock }", "mock: { dialect: mock, tags: [ a ] }")
                .containsExactly("routes.yml:7:26 providers.mock.tags: not in this version");
    }

    @Test
    void aWordOfALaterVersionIsToldAsSuch() {
        Sample.problems("  default:\n", "  default:\n    strategy: weighted\n")
                .containsExactly(
                        "routes.yml:10:15 models.default.strategy: 'weighted' is not in this version (expected:"
                                + " priority)");
        assertThat(Compiling.problems("stream: { early-commit: 15s }\n" + Sample.YAML))
                .containsExactly("routes.yml:1:25 stream.early-commit: '15s' is not in this version (expected: off)");
    }

    @Test
    void aWordThatIsNoneOfTheListIsRefused() {
        Sample.problems("dialect: mock }", "dialect: mock, auth: nome }")
                .containsExactly("routes.yml:7:32 providers.mock.auth: 'nome' (expected: one of: key, none)");
    }

    @Test
    void aMissingKeyIsToldWhereItShouldStand() {
        Sample.problems("mock: { dialect: mock }", "mock: { latency: 1s }")
                .containsExactly("routes.yml:7:9 providers.mock.dialect: missing (expected: a text)");
    }

    @Test
    void everyMistakeIsToldInTheOrderOfTheFile() {
        String yaml = Sample.with("connect: 2s", "connect: soon, total: [ 1 ]")
                .replace("dialect: mock }", "dialect: mock, latency: {}, enabled: maybe }");
        assertThat(Compiling.problems(yaml))
                .containsExactly(
                        "routes.yml:6:25 providers.openai.timeout.connect: 'soon' (expected: a time such as 40ms, 2s, 10m,"
                                + " 1h or 1d; a bare number is seconds)",
                        "routes.yml:6:38 providers.openai.timeout.total: a list (expected: a time such as 40ms, 2s, 10m,"
                                + " 1h or 1d; a bare number is seconds)",
                        "routes.yml:7:35 providers.mock.latency: a mapping (expected: a time such as 40ms, 2s, 10m, 1h or"
                                + " 1d; a bare number is seconds)",
                        "routes.yml:7:48 providers.mock.enabled: 'maybe' (expected: true or false)");
    }

    @Test
    void aMappingWhereAListBelongsIsRefused() {
        Sample.problems("[ { provider: mock, model: marketer } ]", "{ provider: mock, model: marketer }")
                .containsExactly("routes.yml:10:14 models.default.targets: a mapping (expected: a list)");
    }

    @Test
    void aTextWhereAMappingBelongsIsRefused() {
        assertThat(Compiling.problems("inbound: 10MB\n" + Sample.YAML))
                .containsExactly("routes.yml:1:10 inbound: '10MB' (expected: a mapping)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max-body: 3GB                           | 22 | max-body: '3GB' (expected: 1B to 2047MB)
            max-body: 500MB                         | 22 | max-body: '500MB' (expected: at most in-flight-bytes, 268435456B)
            max-body: 5MB, in-flight-bytes: 1MB     | 44 | in-flight-bytes: '1MB' (expected: at least max-body, 5242880B)
            in-flight-bytes: 1MB                    | 29 | in-flight-bytes: '1MB' (expected: at least max-body, 10485760B)
            """)
    void sizesFitTogether(String entry, int column, String said) {
        assertThat(Compiling.problems("inbound: { " + entry + " }\n" + Sample.YAML))
                .containsExactly("routes.yml:1:" + column + " inbound." + said);
    }

    @ParameterizedTest
    @CsvSource({"40ms, PT0.04S", "2s, PT2S", "10m, PT10M", "1h, PT1H", "1d, PT24H", "45, PT45S"})
    void timesHaveUnits(String written, Duration meant) {
        assertThat(openai("connect: " + written).timeout().connect()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1w", "-1s", "1.5s", "1 s", "99999999h", "''"})
    void otherTimesAreRefused(String written) {
        Sample.problems("connect: 2s", "connect: " + written).hasSize(1);
    }

    @Test
    void absentKeysTakeTheirDefaultsAlsoInNestedRecords() {
        ProviderConfig openai = openai("connect: 1s");
        assertThat(openai.timeout().total()).isEqualTo(Duration.ofMinutes(10));
        assertThat(openai.breaker().window()).isEqualTo(20);
        assertThat(openai.enabled()).isEqualTo(List.of(true));
        assertThat(openai.headers()).isEmpty();
    }

    @Test
    void aSingleValueIsAListOfOne() {
        String yaml = Sample.with("dialect: mock }", "dialect: mock, enabled: false }");
        assertThat(providers(yaml).get("mock").enabled()).containsExactly(false);
    }

    private static ProviderConfig openai(String timeout) {
        return providers(Sample.with("connect: 2s", timeout)).get("openai");
    }

    private static Map<String, ProviderConfig> providers(String yaml) {
        return Compiling.compile(yaml, Map.of())
                .settings()
                .get(UpstreamSettings.class)
                .providers();
    }
}
