package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.upstream.UpstreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is checked of providers and models. */
class ProviderTests {

    private static final String URL = "https://api.openai.com/v1";
    private static final String KEYS = "[ { id: main, value: \"${KEY:}\" } ]";

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "vertex", "azure-openai", "bedrock", "mistral", "cohere", "ollama", "cassette"})
    void aDialectOfALaterVersionIsToldAsSuch(String dialect) {
        Sample.problems("dialect: mock", "dialect: " + dialect)
                .containsExactly("routes.yml:7:20 providers.mock.dialect: '" + dialect
                        + "' is not in this version (expected one of: openai, anthropic, mock)");
    }

    @Test
    void anUnknownDialectIsRefused() {
        Sample.problems("dialect: mock", "dialect: opena")
                .containsExactly(
                        "routes.yml:7:20 providers.mock.dialect: unknown dialect 'opena' (expected one of: openai,"
                                + " anthropic, mock); did you mean 'openai'?");
    }

    @Test
    void aNetworkProviderNeedsAnAddress() {
        Sample.problems("    base-url: " + URL + "\n", "")
                .containsExactly(
                        "routes.yml:3:5 providers.openai.base-url: missing (expected: an absolute http or https URL)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "ftp://host/v1", "https:///v1", "mailto:a@b"})
    void anAddressIsAbsoluteHttp(String url) {
        Sample.problems(URL, url)
                .containsExactly("routes.yml:4:15 providers.openai.base-url: '" + url
                        + "' (expected: an absolute http or https URL)");
    }

    @Test
    void anAddressHoldsNoCredentials() {
        Sample.problems(URL, "https://me:pw@host/v1")
                .containsExactly("routes.yml:4:15 providers.openai.base-url: a URL with credentials, query or fragment"
                        + " (expected: scheme, host, port and path only)");
    }

    @Test
    void plainHttpNeedsLeave() {
        Sample.problems(URL, "http://api.example.com/v1")
                .containsExactly("routes.yml:4:15 providers.openai.base-url: 'http://api.example.com/v1' is plain http"
                        + " (expected: https to a public address, or allow-private: true)");
        Sample.problems(URL, "http://api.example.com/v1\n    allow-private: true")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a.localhost",
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "metadata.google.internal",
                "[::1]",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "[::ffff:10.0.0.1]",
                "[64:ff9b::a00:1]",
                "224.0.0.1",
                "localhost."
            })
    void aPrivateAddressNeedsLeave(String host) {
        Sample.problems(URL, "'https://" + host + "/v1'")
                .singleElement()
                .asString()
                .contains("(expected: ");
        Sample.problems(URL, "'https://" + host + "/v1'\n    allow-private: true")
                .allMatch(it -> it.contains("absolute"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "100.128.0.1", "172.32.0.1", "[2606:4700::1]", "v1.example.com", "1.example.com"})
    void aPublicAddressNeedsNone(String host) {
        Sample.problems(URL, "'https://" + host + "/v1'").isEmpty();
    }

    @Test
    void aKeyIsAValueOrAFile() {
        Sample.problems(KEYS, "[ { id: a }, { id: b, value: x, file: /y } ]")
                .containsExactly(
                        "routes.yml:5:13 providers.openai.keys[0]: a key with neither value and file (expected: exactly one of"
                                + " value, file)",
                        "routes.yml:5:24 providers.openai.keys[1]: a key with both value and file (expected: exactly one of"
                                + " value, file)");
    }

    @Test
    void aKeysFileMustBeThereAndHoldAKey(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path right = Files.writeString(folder.resolve("right"), "upk-1\n");
        String keys = "[ { id: a, file: \"" + folder + "/none\" }, { id: b, file: \"" + empty
                + "\" }, { id: c, file: \"" + right + "\" } ]";
        Sample.problems(KEYS, keys)
                .satisfiesExactly(
                        none -> assertThat(none)
                                .startsWith("routes.yml:5:")
                                .endsWith(
                                        " providers.openai.keys[0].file: no such file (expected: a readable file whose"
                                                + " content is the key)"),
                        one -> assertThat(one)
                                .endsWith(
                                        " providers.openai.keys[1].file: an empty file (expected: a readable file whose"
                                                + " content is the key)"));
    }

    @Test
    void keyIdsAreTheirOwn() {
        Sample.problems(KEYS, "[ { id: a, value: x }, { id: a, value: y } ]")
                .containsExactly(
                        "routes.yml:5:40 providers.openai.keys[1].id: a key id used twice (expected: one of its own"
                                + " for each key)");
    }

    @Test
    void aKeyMustFitIntoAHeader() {
        Sample.problems(KEYS, KEYS, Map.of("KEY", "abc\n"))
                .containsExactly(
                        "routes.yml:5:32 providers.openai.keys[0].value: a value that no header can carry (expected:"
                                + " printable ASCII without spaces)");
    }

    @Test
    void keysAndAuthNoneContradictEachOther() {
        Sample.problems(KEYS, KEYS + "\n    auth: none")
                .containsExactly(
                        "routes.yml:5:11 providers.openai.keys: has no effect with auth: none (expected: one of the"
                                + " two)");
    }

    @Test
    void whatHasNoEffectIsRefused() {
        Sample.problems("connect: 2s }", "connect: 2s }\n    latency: 1s")
                .containsExactly(
                        "routes.yml:7:14 providers.openai.latency: has no effect here (expected: dialect mock beside"
                                + " it)");
        Sample.problems("dialect: mock }", "dialect: mock, base-url: https://a.example }")
                .containsExactly(
                        "routes.yml:7:36 providers.mock.base-url: has no effect here (expected: nothing: dialect"
                                + " mock has no address)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            retry: { attempts: 11 }       | 24 | retry.attempts: '11' (expected: 0 to 10)
            retry: { attempts: -1 }       | 24 | retry.attempts: '-1' (expected: 0 to 10)
            timeout: { idle: 0 }          | 22 | timeout.idle: '0' (expected: more than 0)
            breaker: { failure-rate: 101 }| 30 | breaker.failure-rate: '101' (expected: 1 to 100)
            breaker: { window: 0, minimum: 0 } | 24 | breaker.window: '0' (expected: 1 to 100000)
            timeout: { connect: 100d }    | 25 | timeout.connect: '100d' (expected: more than 0, at most 1d)
            breaker: { minimum: 100001 }  | 25 | breaker.minimum: '100001' (expected: 1 to 100000)
            concurrency: 0                | 18 | concurrency: '0' (expected: 1 or more)
            enabled: []                   | 14 | enabled: a list (expected: true, false or a list of those)
            """)
    void numbersHaveRanges(String entry, int column, String said) {
        Sample.problems("timeout: { connect: 2s }", entry)
                .contains("routes.yml:6:" + column + " providers.openai." + said);
    }

    @Test
    void anErrorRateIsAShare() {
        Sample.problems("dialect: mock }", "dialect: mock, error-rate: 1.5 }")
                .containsExactly("routes.yml:7:38 providers.mock.error-rate: '1.5' (expected: 0 to 1)");
    }

    @Test
    void headersOfAConnectionAreNotAProviders() {
        Sample.problems("timeout: { connect: 2s }", "headers: { Host: a, X-Ok: b }")
                .containsExactly(
                        "routes.yml:6:22 providers.openai.headers.Host: a header that cannot be set here (expected:"
                                + " one of the provider's own)");
    }

    @Test
    void aTargetsProviderMustExist() {
        Sample.problems("provider: mock", "provider: mok")
                .containsExactly(
                        "routes.yml:10:28 models.default.targets[0].provider: unknown provider 'mok' (expected one"
                                + " of: openai, mock); did you mean 'mock'?");
    }

    @Test
    void aModelNeedsTargets() {
        Sample.problems("[ { provider: mock, model: marketer } ]", "[]")
                .containsExactly("routes.yml:10:14 models.default.targets: no targets (expected: at least one)");
    }

    @Test
    void aModelWithoutAUsableTargetIsAWarning() {
        String yaml = Sample.with("provider: mock", "provider: openai");
        assertThat(Compiling.compile(yaml, Map.of()).warnings())
                .containsExactly(
                        "provider 'openai' is disabled: it has no key (expected: one in providers.openai.keys, or auth: none)",
                        "model 'default' cannot be answered: none of its targets has a usable provider");
    }

    @Test
    void healthChecksAndProbesHaveBounds() {
        Sample.problems(
                        "    base-url: " + URL + "\n",
                        "    base-url: " + URL + "\n    health-check: { every: 10ms, timeout: 2m, failures: 0 }\n"
                                + "    probe: { calls-per-day: 1001, model: \"\" }\n")
                .hasSize(5)
                .anyMatch(
                        problem -> problem.contains("providers.openai.health-check.every: '10ms' (expected: 1s to 1d)"))
                .anyMatch(problem -> problem.contains("probe.calls-per-day"));
        Sample.problems("dialect: mock", "dialect: mock, health-check: {}")
                .singleElement()
                .asString()
                .contains("providers.mock.health-check: has no effect here");
    }

    @Test
    void aProbeCallsTheCheapestModelThatIsNamed() {
        String yaml = """
                providers:
                  openai: { dialect: openai, base-url: https://api.openai.com/v1, keys: [ { id: main, value: sk-1 } ] }
                  other: { dialect: openai, base-url: https://o.example/v1, auth: none, probe: { model: tiny } }
                  bare: { dialect: openai, base-url: https://b.example/v1, auth: none }
                models:
                  a: { targets: [ { provider: openai, model: gpt-4.1 }, { provider: openai, model: gpt-4.1-nano } ] }
                  b: { targets: [ { provider: openai, model: gpt-4.1-mini }, { provider: other, model: large } ] }
                """;
        assertThat(Compiling.compile(yaml, Map.of())
                        .settings()
                        .get(UpstreamSettings.class)
                        .probes())
                .containsExactlyInAnyOrderEntriesOf(Map.of("openai", "gpt-4.1-nano", "other", "tiny"));
    }
}
