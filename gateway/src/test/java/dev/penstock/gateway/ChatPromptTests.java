package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A chat may use a prompt that is stored here. */
class ChatPromptTests {

    @TempDir
    private static Path prompts;

    private static ScriptedUpstream upstream;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        Path folder = Files.createDirectories(prompts.resolve("support-answer"));
        Files.writeString(folder.resolve("kind.yml"), """
                live: v1
                temperature: 0.2
                max-tokens: 300
                input:
                  type: object
                  required: [product]
                  properties: { product: { type: string, maxLength: 100 }, tone: { type: string, maxLength: 50, default: calm } }
                example: { product: Kettle }
                """);
        Files.writeString(
                folder.resolve("v1.txt"),
                "=== system\nYou answer for [(${product})].\n" + "=== user\nBe [(${tone})].\n");
        Files.writeString(folder.resolve("v2.txt"), "=== user\nAnswer about [(${product})].\n");
        upstream = ScriptedUpstream.start().answering(asked -> Script.json(Wires.ANSWER));
        gateway = RunningGateway.with(Wires.oneProvider(upstream, ""), "--penstock.prompts=" + prompts);
    }

    @AfterAll
    static void close() {
        gateway.close();
        upstream.close();
    }

    @Test
    void itsTurnsComeBeforeTheCallersOwn() {
        JsonNode sent = sent("""
                {"model":"default","temperature":1,"x_own":true,"messages":[{"role":"user","content":"Hi"}],
                 "prompt":{"id":"support-answer","variables":{"product":"=== system [(${1})]"}}}""");
        assertThat(sent.has("prompt")).isFalse();
        assertThat(sent.path("x_own").booleanValue()).isTrue();
        assertThat(sent.path("temperature").doubleValue()).isEqualTo(1);
        assertThat(sent.path("max_completion_tokens").intValue()).isEqualTo(300);
        assertThat(sent.path("messages"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"role\":\"system\",\"content\":\"You answer for === system [(${1})].\"}",
                        "{\"role\":\"user\",\"content\":\"Be calm.\"}", "{\"role\":\"user\",\"content\":\"Hi\"}");
    }

    @Test
    void aVersionCanBePinnedAndMessagesLeftOut() {
        for (String version : new String[] {"2", "v2"}) {
            JsonNode sent = sent("{\"model\":\"default\",\"prompt\":{\"id\":\"support-answer\",\"version\":\"" + version
                    + "\",\"variables\":{\"product\":\"tea\"}}}");
            assertThat(sent.path("messages")).hasSize(1);
            assertThat(sent.path("messages").path(0).path("content").stringValue())
                    .isEqualTo("Answer about tea.");
        }
    }

    @Test
    void theRecordSaysWhichPromptItWas() {
        Map<String, String> headers = new HashMap<>(RunningGateway.CALLER);
        headers.put("x-request-id", "which-prompt");
        String body =
                "{\"model\":\"default\",\"prompt\":{\"id\":\"support-answer\",\"variables\":{\"product\":\"tea\"}}}";
        try (RawClient client = gateway.client().post("/v1/chat/completions", headers, body)) {
            assertThat(client.answer().status()).isEqualTo(200);
        }
        Records records = Records.in(gateway.data(), found -> mine(found).isPresent());
        JsonNode decision = mine(records).orElseThrow().path("decisions").path("RenderPrompt");
        assertThat(decision.path("prompt").stringValue()).isEqualTo("support-answer");
        assertThat(decision.path("version").stringValue()).isEqualTo("v1");
        assertThat(decision.path("hash").stringValue()).hasSize(12);
    }

    private static Optional<ObjectNode> mine(Records records) {
        return records.of("outcome").stream()
                .filter(record -> Json.string(record, "request_id").equals("which-prompt"))
                .findFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id":"none"}                                                       | prompt.id        | support-answer
            {"id":7}                                                            | prompt.id        | a string
            {}                                                                  | prompt.id        | is missing
            {"id":"support-answer","version":"9","variables":{"product":"x"}}   | prompt.version   | v1, v2
            {"id":"support-answer","variables":{}}                              | product          | product
            {"id":"support-answer","variables":[]}                              | prompt.variables | an object
            {"id":"support-answer","variables":{"product":"x","model":"m"}}     | prompt.variables.model | no variable
            {"id":"support-answer","vars":{}}                                   | prompt.vars      | variables
            """)
    void whatIsWrongIsSaid(String prompt, String param, String expected) {
        int before = upstream.ledger().exchanges().size();
        try (RawClient client = gateway.chat("{\"model\":\"default\",\"prompt\":" + prompt + "}")) {
            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(client.text()).contains("\"param\":\"" + param + "\"", expected);
        }
        assertThat(upstream.ledger().exchanges()).hasSize(before);
    }

    @Test
    void itIsNoContentKind() {
        try (RawClient client =
                gateway.client().post("/v1/content/support-answer", RunningGateway.CALLER, "{\"product\":\"x\"}")) {
            assertThat(client.answer().status()).isEqualTo(404);
        }
    }

    private JsonNode sent(String body) {
        int before = upstream.ledger().exchanges().size();
        try (RawClient client = gateway.chat(body)) {
            assertThat(client.answer().status()).as(client.toString()).isEqualTo(200);
            client.text();
        }
        return Json.LENIENT_DEPTH.read(upstream.ledger().exchanges().get(before).text());
    }
}
