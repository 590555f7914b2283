package dev.penstock.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No message shows a secret, and no file holds one. */
class SecretTests {

    private static final String CANARY = "canary-0123456789";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-0123456789abcdefghij",
                "sk-ant-api03-0123456789abcdefghij",
                "AIza0123456789abcdefghijklmnopqrstuvwxy",
                "AKIAABCDEFGHIJKLMNOP"
            })
    void aProvidersKeyDoesNotStandInTheFile(String key) {
        String expected =
                "routes.yml:5:32 providers.openai.keys[0].value: a provider's key in the file (expected: ${ENV}, or"
                        + " file: with a path)";
        Sample.problems("\"${KEY:}\"", key).containsExactly(expected);
        Sample.problems("\"${KEY:}\"", "\"${KEY:" + key + "}\"").containsExactly(expected);
        Sample.problems("\"${KEY:}\"", "\"${KEY:}\"", Map.of("KEY", key)).isEmpty();
    }

    @Test
    void theKeysOfTestsAreNoProvidersKeys() {
        Sample.problems("\"${KEY:}\"", "\"upk-openai-c0nf0rmance\"").isEmpty();
    }

    @Test
    void aValueFromTheEnvironmentIsShownAsItWasWritten() {
        Sample.problems("connect: 2s", "connect: \"${T:2s}\"", Map.of("T", CANARY))
                .containsExactly(
                        "routes.yml:6:25 providers.openai.timeout.connect: '${T:2s}' as resolved (expected: a time"
                                + " such as 40ms, 2s, 10m, 1h or 1d; a bare number is seconds)");
    }

    /** Puts a secret at every place that a message could show. */
    @Test
    void noMessageShowsWhatTheEnvironmentHolds() {
        String variable = "\"${X}\"";
        List<String> places = List.of(
                Sample.with("dialect: mock", "dialect: " + variable),
                Sample.with("https://api.openai.com/v1", variable),
                Sample.with("[ { id: main, value: \"${KEY:}\" } ]", variable),
                Sample.with("value: \"${KEY:}\"", "value: [ " + variable + " ]"),
                Sample.with("connect: 2s", "connect: " + variable),
                Sample.with("provider: mock", "provider: " + variable),
                Sample.with("[ { id: a, value: psk_demo } ]", "[], models: " + variable),
                Sample.with("value: psk_demo", "sha256: " + variable),
                Sample.with("llm://any", variable),
                Sample.with("llm://any", "\"llm://${X}\""),
                Sample.with("\"Path=/v1/chat/completions\"", variable),
                Sample.with("[ ParseChat ]", "[ ParseChat, \"${X}\" ]"),
                Sample.with("[ ParseChat ]", "[ ParseChat, \"CallUpstream=${X},2\" ]"),
                Sample.with("[ ParseChat ]", "[ ParseChat, { name: CallUpstream, args: { timeout: \"${X}\" } } ]"),
                Sample.with("[ ParseChat ]", "[ ParseChat, { name: \"${X}\" } ]"),
                Sample.with("[ ParseChat ]", "[ ParseChat, \"${X}=off\" ]"),
                "stream: { early-commit: \"${X}\" }\n" + Sample.YAML);
        for (String yaml : places) {
            assertThat(Compiling.problems(yaml, Map.of("X", CANARY)))
                    .as(yaml)
                    .isNotEmpty()
                    .noneMatch(it -> it.contains(CANARY));
        }
    }

    @Test
    void literalKeysAndHeadersAreNotShownEither() {
        Sample.problems("value: \"${KEY:}\"", "value: [ " + CANARY + " ]").noneMatch(it -> it.contains(CANARY));
        Sample.problems("timeout: { connect: 2s }", "headers: { X-A: [ " + CANARY + " ] }")
                .noneMatch(it -> it.contains(CANARY));
        Sample.problems("[ { id: a, value: psk_demo } ]", CANARY).noneMatch(it -> it.contains(CANARY));
    }
}
