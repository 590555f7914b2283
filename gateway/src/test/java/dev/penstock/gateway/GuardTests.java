package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.Exchange;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Guardrails over HTTP: what leaves, what comes back, what the records say. */
class GuardTests {

    private static final String REDACT = "{ rule: pii, action: redact }, { rule: secrets, action: redact }";
    private static final String MAIL = "ann.lee@example.com";

    private static String ask(String content) {
        return "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}";
    }

    private static String answer(String content) {
        return Wires.ANSWER.replace("\"Hello\"", "\"" + content + "\"");
    }

    private static JsonNode control(JsonNode record, String step, int index) {
        return record.path("decisions").path(step).path("controls").path(index);
    }

    @Test
    void whatIsTakenOutOfARequestDoesNotLeave() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.guarded(REDACT, Wires.oneProvider(upstream, ""))) {
            RawClient chat = gateway.chat(ask("Write to " + MAIL + " please"));
            assertThat(chat.answer().status()).isEqualTo(200);
            assertThat(upstream.ledger().only().text())
                    .contains("Write to [EMAIL] please")
                    .doesNotContain(MAIL);
            JsonNode intent = Records.in(gateway.data(), it -> it.ended() == 1)
                    .of("intent")
                    .get(0);
            JsonNode line = control(intent, "GuardInput", 0);
            assertThat(line.path("verdict").stringValue()).isEqualTo("ran");
            assertThat(line.path("findings").toString())
                    .isEqualTo("[{\"type\":\"email\",\"action\":\"redact\",\"count\":1,"
                            + "\"spans\":[{\"at\":\"messages[0].content\",\"start\":9,\"end\":28}]}]");
            assertThat(control(intent, "GuardInput", 1).path("verdict").stringValue())
                    .isEqualTo("ran");
            assertThat(control(intent, "GuardOutput", 0).path("verdict").stringValue())
                    .isEqualTo("skipped");
            assertThat(gateway.bean(MeterRegistry.class)
                            .get("penstock.guard.findings")
                            .tags("rule", "pii", "type", "email", "action", "redact", "phase", "input")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void toolsAreFlaggedAndLeftAlone() {
        String body = "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":\"go\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"write\",\"arguments\":\"{\\\"to\\\":\\\"" + MAIL + "\\\"}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"10.1.2.3 " + MAIL + "\"}]}";
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.guarded(REDACT, Wires.oneProvider(upstream, ""))) {
            assertThat(gateway.chat(body).answer().status()).isEqualTo(200);
            assertThat(upstream.ledger().only().text()).isEqualTo(body.replace("default", "m1"));
            JsonNode outcome = Records.in(gateway.data(), it -> it.ended() == 1)
                    .of("outcome")
                    .get(0);
            assertThat(control(outcome, "GuardInput", 0).path("findings").toString())
                    .contains("\"type\":\"email\",\"action\":\"flag\",\"count\":2");
        }
    }

    @Test
    void aBlockedRequestIsRefusedByTheRulesNameAndNotSent() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.guarded(
                        "{ rule: words, words: [ Project Bluebird ], phase: input, action: block }",
                        Wires.oneProvider(upstream, ""))) {
            RawClient chat = gateway.chat(ask("Tell me of project bluebird"));
            assertThat(chat.answer().status()).isEqualTo(400);
            assertThat(chat.text())
                    .contains("\"code\":\"prompt_blocked\"", "\"rule\":\"words\"", "\"guardrail\":\"own\"")
                    .doesNotContainIgnoringCase("bluebird");
            assertThat(upstream.ledger().exchanges()).isEmpty();
            JsonNode refusal = Records.in(gateway.data(), it -> it.ended() == 1)
                    .of("refusal")
                    .get(0);
            assertThat(refusal.path("outcome").stringValue()).isEqualTo("prompt_blocked");
            assertThat(control(refusal, "GuardInput", 0).path("findings").toString())
                    .contains("\"action\":\"block\"");
            assertThat(refusal.toString()).doesNotContainIgnoringCase("bluebird");
        }
    }

    @Test
    void aTextThatCannotBeReadIsNeverAPass() {
        String body =
                "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":{\"x\":1}}]}]}";
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(any -> Script.json(Wires.ANSWER))) {
            try (RunningGateway gateway = RunningGateway.guarded(REDACT, Wires.oneProvider(upstream, ""))) {
                RawClient chat = gateway.chat(body);
                assertThat(chat.answer().status()).isEqualTo(400);
                assertThat(chat.text()).contains("prompt_blocked", "could not be run");
            }
            try (RunningGateway gateway = RunningGateway.guarded(
                    "{ rule: pii, action: redact, on-error: open }", Wires.oneProvider(upstream, ""))) {
                assertThat(gateway.chat(body).answer().status()).isEqualTo(200);
                JsonNode outcome = Records.in(gateway.data(), it -> it.ended() == 1)
                        .of("outcome")
                        .get(0);
                JsonNode line = control(outcome, "GuardInput", 0);
                assertThat(line.path("verdict").stringValue()).isEqualTo("failed");
                assertThat(line.path("then").stringValue()).isEqualTo("passed");
            }
        }
    }

    /** A provider reads the member that its type names; what else is there must not make a guard look elsewhere. */
    @Test
    void aPartIsReadWhateverElseItHas() {
        String body = "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"to " + MAIL + "\",\"refusal\":null},"
                + "{\"type\":\"image_url\",\"text\":\"hi\",\"image_url\":{\"url\":\"data:image/png;base64,QUJD\"}}]}]}";
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.guarded(REDACT, Wires.oneProvider(upstream, ""))) {
            assertThat(gateway.chat(body).answer().status()).isEqualTo(200);
            assertThat(upstream.ledger().only().text()).contains("to [EMAIL]").doesNotContain(MAIL);
            JsonNode outcome = Records.in(gateway.data(), it -> it.ended() == 1)
                    .of("outcome")
                    .get(0);
            assertThat(control(outcome, "GuardInput", 0).path("findings").toString())
                    .contains("\"at\":\"messages[0].content[0].text\"");
            assertThat(outcome.path("decisions")
                            .path("GuardInput")
                            .path("not_text")
                            .toString())
                    .isEqualTo("{\"image_url\":1}");
        }
    }

    @Test
    void theLastMessageIsWhatHasToFitASchema() {
        String schema = "{ rule: json-schema, phase: input, action: block, schema: '{ \"type\": \"object\" }' }";
        String prediction = ",\"prediction\":{\"type\":\"content\",\"content\":\"%s\"}}";
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(any -> Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.guarded(schema, Wires.oneProvider(upstream, ""))) {
            String fits = ask("{\\\"a\\\":1}");
            assertThat(gateway.chat(fits).answer().status()).isEqualTo(200);
            assertThat(gateway.chat(fits.substring(0, fits.length() - 1) + prediction.formatted("no JSON"))
                            .answer()
                            .status())
                    .isEqualTo(200);
            String misfits = ask("no JSON");
            assertThat(gateway.chat(misfits.substring(0, misfits.length() - 1) + prediction.formatted("{}"))
                            .answer()
                            .status())
                    .isEqualTo(400);
            String parts = "{\"model\":\"default\",\"messages\":[{\"role\":\"user\",\"content\":["
                    + "{\"type\":\"text\",\"text\":\"%s\"},{\"type\":\"text\",\"text\":\"{}\"}]}]}";
            assertThat(gateway.chat(parts.formatted("no JSON")).answer().status())
                    .isEqualTo(400);
            assertThat(gateway.chat(parts.formatted(" ")).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aWholeAnswerIsEditedOrRefused() {
        try (ScriptedUpstream upstream =
                ScriptedUpstream.start().answering(any -> Script.json(answer("It is " + MAIL + ".")))) {
            try (RunningGateway gateway = RunningGateway.guarded(REDACT, Wires.oneProvider(upstream, ""))) {
                RawClient chat = gateway.chat(Wires.ASK);
                assertThat(chat.answer().status()).isEqualTo(200);
                assertThat(chat.text()).contains("It is [EMAIL].").doesNotContain(MAIL);
            }
            try (RunningGateway gateway = RunningGateway.guarded(
                    "{ rule: pii, phase: output, action: block }", Wires.oneProvider(upstream, ""))) {
                RawClient chat = gateway.chat(Wires.ASK);
                assertThat(chat.answer().status()).isEqualTo(400);
                assertThat(chat.text())
                        .contains("answer_blocked", "\"rule\":\"pii\"")
                        .doesNotContain(MAIL);
                JsonNode outcome = Records.in(gateway.data(), it -> it.ended() == 1)
                        .of("outcome")
                        .get(0);
                assertThat(outcome.path("outcome").stringValue()).isEqualTo("answer_blocked");
            }
        }
    }

    private static Script pieces(String text, Random random) {
        Script script = Script.stream().sse(Wires.role());
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(9));
            script = script.sse(Wires.delta(text.substring(at, end)));
            at = end;
        }
        return script.sse(Wires.finish()).done();
    }

    private static List<String> streamed(RunningGateway gateway) {
        RawClient chat = gateway.chat(Wires.ASK_STREAM);
        assertThat(chat.answer().status()).isEqualTo(200);
        return Wires.events(chat);
    }

    private static String said(List<String> events) {
        StringBuilder said = new StringBuilder();
        events.stream()
                .filter(event -> event.startsWith("{"))
                .forEach(event -> said.append(Json.string(
                        Json.LENIENT_DEPTH.read(event).path("choices").path(0).path("delta"), "content")));
        return said.toString();
    }

    @Test
    void aTextSplitOverEventsIsNotLeakedByTheSplit() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        Random random = new Random(seed);
        String text = "Mail " + MAIL
                + " or pay 4111 1111 1111 1111, call +44 7700 900 123, key ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.guarded(REDACT, Wires.oneProvider(upstream, ""))) {
            for (int round = 0; round < 20; round++) {
                upstream.enqueue(pieces(text, random));
                List<String> events = streamed(gateway);
                assertThat(said(events))
                        .as("seed %d", seed)
                        .isEqualTo("Mail [EMAIL] or pay [CARD], call [PHONE], key [GITHUB_TOKEN]");
                assertThat(events).last().isEqualTo("[DONE]");
                assertThat(events.get(events.size() - 2)).contains("\"finish_reason\":\"stop\"");
            }
        }
    }

    @Test
    void aBlockedStreamEndsVisibly() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.guarded(
                        "{ rule: pii, phase: output, action: block }", Wires.oneProvider(upstream, ""))) {
            upstream.enqueue(pieces("It is all here, write to " + MAIL + " and then go on.", new Random(7)));
            List<String> events = streamed(gateway);
            assertThat(String.join("", events)).doesNotContain("ann", "[DONE]");
            assertThat(said(events)).startsWith("It is all here");
            assertThat(events).last().asString().contains("\"code\":\"answer_blocked\"", "\"rule\":\"pii\"");
            JsonNode outcome = Records.in(gateway.data(), it -> it.ended() == 1)
                    .of("outcome")
                    .get(0);
            assertThat(outcome.path("outcome").stringValue()).isEqualTo("answer_blocked");
            assertThat(outcome.path("truncated").booleanValue()).isTrue();
            assertThat(control(outcome, "GuardOutput", 0).path("findings").toString())
                    .contains("\"action\":\"block\"");
        }
    }

    @Test
    void whereItOnlyFlagsAStreamPassesAsItIs() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway =
                        RunningGateway.guarded("{ rule: pii, action: flag }", Wires.oneProvider(upstream, ""))) {
            upstream.enqueue(Script.stream()
                    .sse(Wires.role())
                    .sse(Wires.delta("ann.lee@exam"))
                    .sse(Wires.delta("ple.com"))
                    .sse(Wires.finish())
                    .done());
            assertThat(streamed(gateway))
                    .containsExactly(
                            Wires.role(),
                            Wires.delta("ann.lee@exam"),
                            Wires.delta("ple.com"),
                            Wires.finish(),
                            "[DONE]");
            JsonNode outcome = Records.in(gateway.data(), it -> it.ended() == 1)
                    .of("outcome")
                    .get(0);
            assertThat(control(outcome, "GuardOutput", 0).path("findings").toString())
                    .contains("\"type\":\"email\",\"action\":\"flag\",\"count\":1", "\"start\":0,\"end\":19");
        }
    }

    @Test
    void aKeyOfAProviderThatTurnsUpIsTold() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(Script.json(Wires.ANSWER));
                RunningGateway gateway = RunningGateway.guarded(
                        "{ rule: secrets, action: redact }",
                        Wires.oneProvider(upstream, "").replace("upk-first", "upk-first-0123456789"))) {
            assertThat(gateway.chat(ask("is upk-first-0123456789 ours?"))
                            .answer()
                            .status())
                    .isEqualTo(200);
            assertThat(upstream.ledger().only().text()).contains("is [KEY_EXPOSURE] ours?");
            assertThat(gateway.bean(MeterRegistry.class)
                            .get("penstock.guard.findings")
                            .tag("type", "key_exposure")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aKeyThatCameLaterIsKnownToo(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("key");
        Files.writeString(file, "upk-first-0123456789");
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .answering(asked -> Script.json(
                                asked.method().equals("GET") ? "{\"object\":\"list\",\"data\":[]}" : Wires.ANSWER));
                RunningGateway gateway = RunningGateway.guarded(
                        "{ rule: secrets, action: redact }",
                        Wires.oneProvider(upstream, "").replace("value: upk-first", "file: " + file))) {
            Files.writeString(file, "upk-later-9876543210");
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (!asked(gateway, upstream, "is it yet?")
                    .header("authorization")
                    .endsWith("upk-later-9876543210")) {
                assertThat(System.nanoTime()).as("within 30 s").isLessThan(end);
            }
            while (!asked(gateway, upstream, "is upk-later-9876543210 ours?")
                    .text()
                    .contains("is [KEY_EXPOSURE] ours?")) {
                assertThat(System.nanoTime()).as("within 30 s").isLessThan(end);
            }
        }
    }

    private static Exchange asked(RunningGateway gateway, ScriptedUpstream upstream, String text) {
        try (RawClient client = gateway.chat(ask(text))) {
            assertThat(client.answer().status()).isEqualTo(200);
            client.text();
        }
        List<Exchange> all = upstream.ledger().exchanges().stream()
                .filter(it -> it.method().equals("POST"))
                .toList();
        return all.get(all.size() - 1);
    }

    @Test
    void aContentRouteIsLookedAtOnBothWays() {
        String post = answer("{\\\"content\\\":\\\"Mail " + MAIL + "\\\"}");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().answering(any -> Script.json(post));
                RunningGateway gateway = RunningGateway.guarded(REDACT, Wires.oneProvider(upstream, ""))) {
            RawClient content = gateway.client()
                    .post(
                            "/v1/content/social-media",
                            RunningGateway.CALLER,
                            "{\"platform\":\"linkedin\",\"topic\":\"ask bob@example.org for it\"}");
            assertThat(content.answer().status()).isEqualTo(200);
            assertThat(content.text()).contains("Mail [EMAIL]").doesNotContain(MAIL);
            assertThat(upstream.ledger().exchanges().get(0).text())
                    .contains("[EMAIL]")
                    .doesNotContain("bob@example.org");
        }
    }

    @Test
    void aCallThatIsRefusedBeforeSaysThatNoControlRan() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.guarded(REDACT, Wires.oneProvider(upstream, ""))) {
            assertThat(gateway.chat("{\"model\":5}").answer().status()).isEqualTo(400);
            JsonNode refusal = Records.in(gateway.data(), it -> it.ended() == 1)
                    .of("refusal")
                    .get(0);
            for (String step : List.of("GuardInput", "GuardOutput")) {
                assertThat(control(refusal, step, 1).path("rule").stringValue()).isEqualTo("secrets");
                assertThat(control(refusal, step, 1).path("verdict").stringValue())
                        .isEqualTo("skipped");
                assertThat(control(refusal, step, 1).path("why").stringValue()).contains("ended before it");
            }
        }
    }

    @Test
    void aTranslatedStreamIsLookedAtLikeAnyOther() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
                RunningGateway gateway = RunningGateway.guarded(
                        REDACT, Wires.oneProvider(upstream, "").replace("dialect: openai", "dialect: anthropic"))) {
            upstream.enqueue(Script.stream()
                    .sse(
                            "message_start",
                            "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\","
                                    + "\"model\":\"c\",\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}")
                    .sse(
                            "content_block_start",
                            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}")
                    .sse("content_block_delta", text("Mail ann.lee@exa"))
                    .sse("content_block_delta", text("mple.com, now"))
                    .sse("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                    .sse(
                            "message_delta",
                            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":5}}")
                    .sse("message_stop", "{\"type\":\"message_stop\"}"));
            List<String> events = streamed(gateway);
            assertThat(said(events)).isEqualTo("Mail [EMAIL], now");
            assertThat(events).last().isEqualTo("[DONE]");
        }
    }

    private static String text(String text) {
        return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text
                + "\"}}";
    }
}
