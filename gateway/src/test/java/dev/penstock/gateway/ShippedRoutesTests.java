package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shipped routes.yml, as the README runs it. */
class ShippedRoutesTests {

    private static final Map<String, String> DEMO = Map.of("authorization", "Bearer psk_demo");

    @Test
    void withoutAKeyTheMockAnswersAndSaysSo() {
        try (RunningGateway gateway = shipped()) {
            RawClient chat = gateway.client().post("/v1/chat/completions", DEMO, Wires.ASK);
            RawAnswer head = chat.answer();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("x-penstock-provider")).isEqualTo("mock");
            RawClient content = gateway.client()
                    .post("/v1/content/social-media", DEMO, "{\"platform\":\"twitter\",\"topic\":\"our spring sale\"}");
            assertThat(content.answer().status()).isEqualTo(200);
            assertThat(content.text()).contains("spring sale", "\"fallback_used\":false", "\"provider\":\"mock\"");
        }
    }

    @Test
    void withAKeyItGoesToTheProviderAndFallsBack() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = shipped(
                        "--OPENAI_API_KEY=upk-shipped",
                        "--OPENAI_ENDPOINT=" + upstream.uri("/v1"),
                        "--OPENAI_ALLOW_PRIVATE=true",
                        "--OPENAI_MODEL=gpt-x",
                        "--LLM_RETRY_ATTEMPTS=0")) {
            upstream.enqueue(Script.json(Wires.ANSWER), Script.json(503, "{}"));
            RawClient first = gateway.client().post("/v1/chat/completions", DEMO, Wires.ASK);
            assertThat(first.answer().header("x-penstock-provider")).isEqualTo("openai");
            assertThat(upstream.ledger().only().header("authorization")).isEqualTo("Bearer upk-shipped");
            assertThat(upstream.ledger().only().path()).isEqualTo("/v1/chat/completions");
            assertThat(upstream.ledger().only().text()).contains("\"model\":\"gpt-x\"");
            RawClient second = gateway.client().post("/v1/chat/completions", DEMO, Wires.ASK);
            RawAnswer head = second.answer();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("x-penstock-provider")).isEqualTo("mock");
            assertThat(head.header("x-penstock-attempts")).isEqualTo("2");
        }
    }

    private static RunningGateway shipped(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--server.address=127.0.0.1";
        return RunningGateway.ofFile(RunningGateway.root().resolve("routes.yml"), all);
    }
}
