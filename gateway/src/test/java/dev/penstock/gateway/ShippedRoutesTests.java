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

    @Test
    void anAgentsSessionLeavesByteForByteAsItCame() {
        String file =
                "# hosts\\n10.20.30.40 db.example.com\\n2001:db8::8a2e:370:7334 v6\\nadmin = ann.lee@example.com, +44 7700 900 123\\n"
                        + "key = ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8\\nGr\u00fc\u00dfe \u2014 \ud83d\ude00\\n";
        String body = "{\"model\":\"default\",\"messages\":[{\"role\":\"system\",\"content\":\"You edit files.\"},"
                + "{\"role\":\"user\",\"content\":\"Put 10.20.30.41 and bob@example.org into hosts\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"mail ann.lee@example.com\",\"tool_calls\":[{\"id\":\"c1\","
                + "\"type\":\"function\",\"function\":{\"name\":\"write\",\"arguments\":\"{\\\"text\\\":\\\""
                + file.replace("\\n", "\\\\n") + "\\\"}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"" + file + "\"}],"
                + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"write\",\"description\":\"mail root@example.com\",\"parameters\":{}}}]}";
        String call = Wires.ANSWER.replace(
                "\"content\":\"Hello\"",
                "\"content\":null,\"tool_calls\":[{\"id\":\"c2\",\"type\":\"function\",\"function\":{\"name\":\"write\",\"arguments\":\"{\\\"text\\\":\\\""
                        + file.replace("\\n", "\\\\n") + "\\\"}\"}}]");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(Script.json(call));
                RunningGateway gateway = shipped(
                        "--OPENAI_API_KEY=upk-shipped-0123456789",
                        "--OPENAI_ENDPOINT=" + upstream.uri("/v1"),
                        "--OPENAI_ALLOW_PRIVATE=true",
                        "--OPENAI_MODEL=default")) {
            RawClient chat = gateway.client().post("/v1/chat/completions", DEMO, body);
            assertThat(chat.answer().status()).isEqualTo(200);
            assertThat(upstream.ledger().only().text()).isEqualTo(body);
            assertThat(chat.text()).isEqualTo(call);
            String outcome = Records.in(gateway.data(), it -> it.ended() == 1)
                    .of("outcome")
                    .get(0)
                    .path("decisions")
                    .toString();
            assertThat(outcome)
                    .contains("\"type\":\"github-token\",\"action\":\"flag\"", "\"type\":\"ip\",\"action\":\"flag\"")
                    .doesNotContain("ann.lee", "10.20");
        }
    }

    private static RunningGateway shipped(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--server.address=127.0.0.1";
        return RunningGateway.ofFile(RunningGateway.root().resolve("routes.yml"), all);
    }
}
