package dev.penstock.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.testing.Exchange;
import dev.penstock.testing.RawAnswer;
import dev.penstock.testing.RawClient;
import dev.penstock.testing.Script;
import dev.penstock.testing.ScriptedUpstream;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What moderators are asked, and what becomes of what they say or do not say. */
class ModerationTests {

    private static final String CONTROLS = "{ rule: pii, types: [ email ], phase: input, action: redact }, "
            + "{ rule: words, words: [ Project Bluebird ], phase: input, action: block }, "
            + "{ rule: moderation, phase: input, action: block, moderator: { provider: judge, model: omni-1,"
            + " timeout: 20s, thresholds: { hate/threatening: 0.7 } } }, "
            + "{ rule: moderation, phase: input, action: flag, on-error: open,"
            + " moderator: { provider: hook, timeout: 20s } }, "
            + "{ rule: moderation, phase: input, action: flag, on-error: open, moderator: { provider: mute, timeout: 300ms } }, "
            + "{ rule: moderation, phase: output, action: block, moderator: { provider: reader, model: strict, timeout: 20s } }, "
            + "{ rule: moderation, phase: output, action: flag, moderator: { provider: reader, model: mild, timeout: 20s } }";
    private static final String CLEAN = "{\"results\":[{\"flagged\":false,\"categories\":{}}]}";
    private static final String SCORE =
            "{\"results\":[{\"flagged\":false,\"categories\":{},\"category_scores\":{\"hate/threatening\":%s}}]}";

    /** What the trail said of questions when the moderator was asked last. */
    private static volatile List<ObjectNode> recorded = List.of();

    private static ScriptedUpstream chat;
    private static ScriptedUpstream judge;
    private static ScriptedUpstream hook;
    private static ScriptedUpstream mute;
    private static ScriptedUpstream reader;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        chat = ScriptedUpstream.start().answering(ModerationTests::answered);
        reader = ScriptedUpstream.start().answering(ModerationTests::read);
        judge = ScriptedUpstream.start().answering(ModerationTests::judged);
        hook = ScriptedUpstream.start().answering(ModerationTests::hooked);
        mute = ScriptedUpstream.start()
                .answering(asked -> asked.text().contains("silence") ? Script.never() : Script.json(CLEAN));
        String hooked = Wires.provider("hook", hook, "    auth: none\n").replaceAll("    keys: .*\n", "");
        gateway = RunningGateway.guarded(
                CONTROLS,
                Wires.oneProvider(chat, "")
                        .replace(
                                "models:\n",
                                Wires.provider("judge", judge, "") + hooked + Wires.provider("mute", mute, "")
                                        + Wires.provider("reader", reader, "") + "models:\n"));
    }

    @AfterAll
    static void close() {
        gateway.close();
        reader.close();
        mute.close();
        hook.close();
        judge.close();
        chat.close();
    }

    /** Says what comes after {@code say}. */
    private static Script answered(Exchange asked) {
        String text = asked.text();
        String say = text.contains("say ") ? text.replaceAll("(?s).*say ([a-z]+).*", "$1") : "Hello";
        return text.contains("\"stream\":true")
                ? Script.stream()
                        .sse(Wires.role())
                        .sse(Wires.delta("I "))
                        .sse(Wires.delta(say))
                        .sse(Wires.finish())
                        .done()
                : Script.json(Wires.ANSWER.replace("Hello", say));
    }

    private static Script read(Exchange asked) {
        String text = asked.text();
        boolean wrong = text.contains("strict") ? text.contains("malice") : text.contains("gossip");
        return Script.json("{\"results\":[{\"flagged\":" + wrong + ",\"categories\":{\"bad\":" + wrong + "}}]}");
    }

    private static Script judged(Exchange asked) {
        String text = asked.text();
        if (text.contains("what is known")) {
            recorded = Records.in(gateway.data()).of("question");
        }
        if (text.contains("no score")) {
            return Script.json("{\"results\":[{\"flagged\":false,\"categories\":{},\"category_scores\":{}}]}");
        }
        return Script.json(SCORE.formatted(text.contains("hatred") ? "0.7" : "0.69"));
    }

    private static Script hooked(Exchange asked) {
        if (asked.text().contains("broken hook")) {
            return Script.json(503, "{}");
        }
        boolean rude = asked.text().contains("rude");
        return Script.json("{\"results\":[{\"flagged\":" + rude + ",\"categories\":{\"rude words\":" + rude
                + ",\"spam\":" + rude + "}}]}");
    }

    private record Asked(int status, String id, String text, List<String> sent, JsonNode controls, JsonNode answered) {}

    /** Asks, and reads the record that ends the call. */
    private static Asked ask(String content) {
        return ask(content, false);
    }

    private static Asked ask(String content, boolean stream) {
        int before = chat.ledger().exchanges().size();
        try (RawClient client = gateway.chat("{\"model\":\"default\",\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]}")) {
            RawAnswer answer = client.answer();
            int status = answer.status();
            String id = answer.header("x-request-id");
            String text = stream ? String.join("\n", Wires.events(client)) : client.text();
            ObjectNode end = Records.in(gateway.data(), it -> ended(it, id).size() == 1).all().stream()
                    .filter(record -> isEnd(record, id))
                    .toList()
                    .get(0);
            List<String> sent = chat.ledger().exchanges().stream()
                    .skip(before)
                    .map(Exchange::text)
                    .toList();
            return new Asked(
                    status,
                    id,
                    text,
                    sent,
                    end.at("/decisions/GuardInput/controls"),
                    end.at("/decisions/GuardOutput/controls"));
        }
    }

    private static List<ObjectNode> ended(Records records, String id) {
        return records.all().stream().filter(record -> isEnd(record, id)).toList();
    }

    private static boolean isEnd(ObjectNode record, String id) {
        return List.of("outcome", "refusal").contains(Json.string(record, "type"))
                && Json.string(record, "request_id").equals(id);
    }

    private static List<String> read() {
        return reader.ledger().exchanges().stream().map(Exchange::text).toList();
    }

    private static String lastOf(ScriptedUpstream moderator) {
        List<Exchange> all = moderator.ledger().exchanges();
        return all.get(all.size() - 1).text();
    }

    @Test
    void moderatorsGetTheTextWithoutWhatWasTakenOut() {
        Asked asked = ask("Write to ann.lee@example.com");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.sent()).hasSize(1);
        assertThat(lastOf(judge)).isEqualTo("{\"model\":\"omni-1\",\"input\":[\"Write to [EMAIL]\"]}");
        assertThat(lastOf(hook)).isEqualTo("{\"input\":[\"Write to [EMAIL]\"]}");
        Exchange judged = judge.ledger().exchanges().get(0);
        assertThat(judged.header("authorization")).isEqualTo("Bearer upk-judge");
        assertThat(hook.ledger().exchanges().get(0).header("authorization")).isNull();
        assertThat(asked.controls().at("/2/verdict").stringValue()).isEqualTo("ran");
        assertThat(asked.controls().at("/2/findings").isMissingNode()).isTrue();
        assertThat(asked.controls().at("/3/verdict").stringValue()).isEqualTo("ran");
    }

    @Test
    void aQuestionIsRecordedBeforeItIsAsked() {
        Asked asked = ask("what is known");
        assertThat(asked.status()).isEqualTo(200);
        ObjectNode last = recorded.get(recorded.size() - 1);
        assertThat(last.path("target").toString())
                .isEqualTo("{\"provider\":\"judge\",\"model\":\"omni-1\",\"key\":\"main\",\"path\":\"/moderations\"}");
        assertThat(last.path("sent").path("bytes").asInt())
                .isEqualTo("{\"model\":\"omni-1\",\"input\":[\"what is known\"]}".length());
        assertThat(last.path("sent").path("hmac").stringValue()).hasSize(64);
        assertThat(last.path("request_id").stringValue()).isEqualTo(asked.id());
    }

    @Test
    void aScoreThatReachesItsThresholdRefusesTheRequest() {
        Asked asked = ask("some hatred");
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.text())
                .contains("\"code\":\"prompt_blocked\"", "\"rule\":\"moderation\"")
                .doesNotContain("hatred");
        assertThat(asked.sent()).isEmpty();
        assertThat(asked.controls().at("/2/findings").toString())
                .isEqualTo("[{\"type\":\"hate/threatening\",\"action\":\"block\",\"count\":1,"
                        + "\"spans\":[{\"at\":\"messages[0].content\",\"start\":0,\"end\":11}]}]");
    }

    @Test
    void whatAModeratorFlagsIsRecordedAndCountedUnderOneLabel() {
        Asked asked = ask("rude");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.controls().at("/3/findings").toString())
                .contains("\"type\":\"spam\",\"action\":\"flag\"", "\"type\":\"other\"")
                .doesNotContain("rude words");
        assertThat(gateway.bean(MeterRegistry.class)
                        .get("penstock.guard.findings")
                        .tags("rule", "moderation", "type", "moderation", "action", "flag", "phase", "input")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void whatTheGatewayRefusesItselfIsShownToNoModerator() {
        int before = judge.ledger().exchanges().size();
        Asked asked = ask("of Project Bluebird");
        assertThat(asked.status()).isEqualTo(400);
        assertThat(judge.ledger().exchanges()).hasSize(before);
        assertThat(asked.controls().at("/2/verdict").stringValue()).isEqualTo("skipped");
    }

    @Test
    void aModeratorThatFailsOpenIsRecordedAsFailedAndPassed() {
        Asked asked = ask("broken hook");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.sent()).hasSize(1);
        assertThat(asked.controls().path(3).toString())
                .contains("\"verdict\":\"failed\",\"why\":\"status 503\",\"then\":\"passed\"");
    }

    @Test
    void anAnswerWithoutTheScoreThatCountsIsNoPass() {
        Asked asked = ask("no score");
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.text()).contains("could not be run");
        assertThat(asked.sent()).isEmpty();
        assertThat(asked.controls().path(2).toString())
                .contains("\"verdict\":\"failed\"", "no score of 'hate/threatening'", "\"then\":\"refused\"");
    }

    @Test
    void anAnswerIsJudgedBeforeItIsGiven() {
        Asked asked = ask("say malice");
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.text())
                .contains("\"code\":\"answer_blocked\"", "\"rule\":\"moderation\"")
                .doesNotContain("malice");
        assertThat(asked.sent()).hasSize(1);
        assertThat(asked.answered().at("/0/findings").toString())
                .isEqualTo("[{\"type\":\"bad\",\"action\":\"block\",\"count\":1,"
                        + "\"spans\":[{\"at\":\"choices[0].message.content\",\"start\":0,\"end\":6}]}]");
        assertThat(Records.in(gateway.data()).of("question"))
                .filteredOn(it -> it.path("request_id").stringValue().equals(asked.id()))
                .extracting(it -> it.at("/target/model").asString(""))
                .containsExactly("omni-1", "", "", "strict", "mild");
    }

    @Test
    void anAnswerThatIsFlaggedIsGiven() {
        Asked asked = ask("say gossip");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.text()).contains("gossip");
        assertThat(asked.answered().at("/0/verdict").stringValue()).isEqualTo("ran");
        assertThat(asked.answered().at("/1/findings/0/action").stringValue()).isEqualTo("flag");
    }

    @Test
    void aStreamThatIsBlockedEndsWithoutAWordOfIt() {
        Asked asked = ask("say malice", true);
        assertThat(asked.text()).contains("answer_blocked").doesNotContain("malice", "I ", "[DONE]");
        assertThat(asked.answered().at("/0/findings/0/action").stringValue()).isEqualTo("block");
    }

    @Test
    void aStreamThatIsFlaggedIsJudgedAsAWhole() {
        Asked asked = ask("say gossip", true);
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.text()).contains("gossip", "[DONE]");
        assertThat(read()).contains("{\"model\":\"mild\",\"input\":[\"I gossip\"]}");
        assertThat(asked.answered().at("/1/findings/0/spans").toString())
                .isEqualTo("[{\"at\":\"choices[0].content\",\"start\":0,\"end\":8}]");
    }

    @Test
    void aModeratorThatIsSilentIsNotWaitedForBeyondItsTime() {
        Asked asked = ask("silence");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.controls().path(4).toString()).contains("no answer within 300 ms", "\"then\":\"passed\"");
    }
}
