package dev.penstock.provider.mock;

import static dev.penstock.provider.mock.Played.AT_ONCE;
import static dev.penstock.provider.mock.Played.MOCK;
import static dev.penstock.provider.mock.Played.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests for {@link MockScript}: the wire, the names that choose a behaviour, and time. */
class MockScriptTests {

    private static final String ASK = "{'messages':[{'role':'user','content':'Tell me about tidal power in Wales'}]}";
    private static final String STREAM =
            ASK.replace("}]}", "}],'stream':true,'stream_options':{'include_usage':true}}");

    @Test
    void anAnswerHasTheShapeOfOpenAiAndEchoesItsSubject() {
        Played played = Played.of("mock/marketer", ASK);
        JsonNode body = played.body();
        assertThat(Json.string(body, "id")).startsWith("chatcmpl-mock-");
        assertThat(Json.string(body, "object")).isEqualTo("chat.completion");
        assertThat(Json.string(body, "model")).isEqualTo("marketer");
        assertThat(Json.string(body, "system_fingerprint")).isEqualTo("fp_mock");
        assertThat(Json.integer(body, "created")).isEqualTo(1_700_000_000);
        assertThat(played.content()).contains("tidal power in Wales").contains("Penstock's mock");
        assertThat(Json.string(played.choice(), "finish_reason")).isEqualTo("stop");
        assertThat(played.head().headers()).containsEntry("content-type", "application/json");
    }

    @Test
    void theSameRequestGivesTheSameBytes() {
        assertThat(Played.of("x", STREAM).text())
                .isEqualTo(Played.of("x", STREAM).text());
        assertThat(Played.of("x", ASK).text()).isEqualTo(Played.of("x", ASK).text());
    }

    @Test
    void theSeedAndTheChoiceVaryTheText() {
        List<String> texts = LongStream.range(0, 8)
                .mapToObj(seed -> Played.of("x", ASK.replace("}]}", "}],'seed':" + seed + "}")))
                .map(Played::content)
                .distinct()
                .toList();
        assertThat(texts).hasSizeGreaterThan(3);
        JsonNode choices =
                Played.of("x", ASK.replace("}]}", "}],'n':3}")).body().path("choices");
        assertThat(choices.valueStream().map(JsonNode::toString).distinct()).hasSize(3);
    }

    @Test
    void theStreamSaysWhatTheDocumentSays() {
        Played stream = Played.of("x", STREAM);
        List<JsonNode> chunks = stream.chunks();
        String text = chunks.stream()
                .map(chunk -> Json.string(chunk.path("choices").path(0).path("delta"), "content"))
                .collect(Collectors.joining());
        assertThat(text).isEqualTo(Played.of("x", ASK).content());
        assertThat(stream.events()).last().isEqualTo("[DONE]");
        assertThat(Json.string(chunks.get(chunks.size() - 2).path("choices").path(0), "finish_reason"))
                .isEqualTo("stop");
        JsonNode last = chunks.get(chunks.size() - 1);
        assertThat(last.path("choices").isEmpty()).isTrue();
        assertThat(last.path("usage")).isEqualTo(Played.of("x", ASK).body().path("usage"));
        assertThat(stream.last()).isInstanceOf(Move.End.class);
    }

    @Test
    void aStreamHasNoUsageUnlessAsked() {
        String plain = ASK.replace("}]}", "}],'stream':true}");
        assertThat(Played.of("x", plain).text()).doesNotContain("\"usage\"");
    }

    @Test
    void usageAddsUp() {
        JsonNode usage = Played.of("x", ASK.replace("}]}", "}],'n':2}")).body().path("usage");
        long prompt = Json.integer(usage, "prompt_tokens");
        long completion = Json.integer(usage, "completion_tokens");
        assertThat(prompt).isBetween(8L, 20L);
        assertThat(completion).isBetween(100L, 500L);
        assertThat(Json.integer(usage, "total_tokens")).isEqualTo(prompt + completion);
    }

    @Test
    void theCapIsKeptAndSaid() {
        Played played = Played.of("x", ASK.replace("}]}", "}],'max_completion_tokens':7}"));
        assertThat(Json.integer(played.body().path("usage"), "completion_tokens"))
                .isEqualTo(7);
        assertThat(Json.string(played.choice(), "finish_reason")).isEqualTo("length");
    }

    @Test
    void aStopSequenceEndsTheText() {
        Played played = Played.of("x", ASK.replace("}]}", "}],'stop':['tidal']}"));
        assertThat(played.content()).isNotEmpty().doesNotContain("tidal");
        assertThat(Json.string(played.choice(), "finish_reason")).isEqualTo("stop");
    }

    @Test
    void logprobsComeForEveryToken() {
        Played played = Played.of("x", ASK.replace("}]}", "}],'logprobs':true,'top_logprobs':2}"));
        JsonNode tokens = played.choice().path("logprobs").path("content");
        assertThat(tokens.valueStream()
                        .map(token -> Json.string(token, "token"))
                        .collect(Collectors.joining()))
                .isEqualTo(played.content());
        assertThat(tokens.path(0).path("top_logprobs")).hasSize(2);
        assertThat(tokens.path(0).path("logprob").doubleValue()).isNegative();
    }

    @ParameterizedTest
    @CsvSource({
        "error-400, 400, invalid_request_error",
        "error-401, 401, invalid_request_error",
        "error-500, 500, server_error",
        "error-503, 503, server_error",
        "rate-limited, 429, requests"
    })
    void errorNamesAnswerErrors(String name, int status, String type) {
        Played played = Played.of("mock/" + name, STREAM);
        assertThat(played.head().status()).isEqualTo(status);
        assertThat(Json.string(played.body().path("error"), "type")).isEqualTo(type);
        assertThat(played.body().path("error").propertyNames()).contains("message", "param", "code");
        assertThat(played.head().headers().containsKey("retry-after")).isEqualTo(status == 429);
    }

    @Test
    void aRequestWithoutMessagesIsRefused() {
        assertThat(Played.of("x", "{'messages':[]}").head().status()).isEqualTo(400);
    }

    @Test
    void aCutStreamBreaksAfterHalfItsEvents() {
        Played cut = Played.of("cut-stream", STREAM);
        assertThat(cut.events()).hasSize(Played.of("x", STREAM).events().size() / 2);
        assertThat(cut.last()).isInstanceOf(Move.Cut.class);
    }

    @Test
    void aCutDocumentBreaksAfterHalfItsBytes() {
        Played cut = Played.of("cut-stream", ASK);
        assertThat(cut.text()).hasSizeBetween(100, 2000).doesNotEndWith("}");
        assertThat(cut.last()).isInstanceOf(Move.Cut.class);
    }

    @Test
    void aStallIsOneEventAndSilence() {
        Played stall = Played.of("stall", STREAM);
        assertThat(stall.events()).hasSize(1);
        assertThat(stall.last()).isInstanceOf(Move.Stall.class);
        assertThat(Played.of("stall", ASK).last()).isInstanceOf(Move.Stall.class);
    }

    @Test
    void garbageIsNotJson() {
        assertThat(Played.of("garbage", ASK).text()).doesNotStartWith("{");
        assertThat(Played.of("garbage", STREAM).events()).hasSize(1);
    }

    @Test
    void noUsageLeavesItOut() {
        assertThat(Played.of("no-usage", ASK).body().has("usage")).isFalse();
        assertThat(Played.of("no-usage", STREAM).text()).doesNotContain("total_tokens");
    }

    @Test
    void aRefusalIsNotContent() {
        JsonNode message = Played.of("refusal", ASK).choice().path("message");
        assertThat(message.path("content").isNull()).isTrue();
        assertThat(Json.string(message, "refusal")).contains("can't help");
        assertThat(Played.of("refusal", STREAM).text()).contains("\"delta\":{\"refusal\":\"");
    }

    @Test
    void lengthEndsHalfWay() {
        Played played = Played.of("length", ASK);
        assertThat(Json.string(played.choice(), "finish_reason")).isEqualTo("length");
        assertThat(Played.of("length", STREAM).text()).contains("\"finish_reason\":\"length\"");
    }

    @Test
    void slowWaitsThreeSecondsBeforeItsHead() {
        List<Move> moves = Played.of("mock/slow", ASK).moves();
        assertThat(moves.get(0)).isEqualTo(new Move.Pause(Duration.ofSeconds(3)));
    }

    @Test
    void tokensComeAtAnEighthOfTheLatency() {
        Played played = new Played(MOCK.moves(json(STREAM), "x", new MockOptions(Duration.ofMillis(40), 0), 0));
        assertThat(played.pauses().get(0)).isEqualTo(Duration.ofMillis(40));
        assertThat(played.pauses().subList(1, played.pauses().size())).containsOnly(Duration.ofMillis(5));
    }

    @Test
    void aLongStreamDoesNotTakeMinutes() {
        Played played = new Played(MOCK.moves(json(STREAM), "x", new MockOptions(Duration.ofSeconds(60), 0), 0));
        Duration streaming = played.pauses().stream().skip(1).reduce(Duration.ZERO, Duration::plus);
        assertThat(streaming).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void theErrorRateIsAShareOfCallsAndRepeats() {
        MockOptions fifth = new MockOptions(Duration.ZERO, 0.2);
        List<Integer> statuses = LongStream.range(0, 1000)
                .mapToObj(call -> new Played(MOCK.moves(json(ASK), "x", fifth, call))
                        .head()
                        .status())
                .toList();
        assertThat(Collections.frequency(statuses, 503)).isBetween(150, 250);
        assertThat(new Played(MOCK.moves(json(ASK), "x", fifth, 3)).head().status())
                .isEqualTo(statuses.get(3));
        assertThat(new Played(MOCK.moves(json(ASK), "x", AT_ONCE, 3)).head().status())
                .isEqualTo(200);
    }

    @Test
    void wrongTypesAndLoneSurrogatesDoNoHarm() {
        String odd =
                "{'messages':[{'role':1},{'role':'user','content':'about \\ud800 it'}],'n':'x','stop':{},'tools':5,"
                        + "'stream':'maybe','response_format':[],'max_tokens':-1,'tool_choice':[],'seed':1.5}";
        assertThat(Played.of("x", odd).head().status()).isEqualTo(200);
        assertThat(Played.of("x", odd).content()).contains("it");
    }
}
