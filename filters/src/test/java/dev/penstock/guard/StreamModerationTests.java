package dev.penstock.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.SideCalls;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Texts;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.OnError;
import dev.penstock.guard.GuardrailConfig.Phase;
import dev.penstock.surface.chat.ChatSurface;
import dev.penstock.surface.content.ContentSurface;
import dev.penstock.testing.Exchanges;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;
import tools.jackson.databind.JsonNode;

/** Which part of a stream moderators see when, and what goes out meanwhile. */
class StreamModerationTests {

    private static final byte[] CLEAN = "{\"results\":[{\"flagged\":false,\"categories\":{}}]}".getBytes(UTF_8);
    private static final String HALF = "a".repeat(StreamModeration.WINDOW / 2);

    private final LlmExchange exchange =
            Exchanges.of(MockServerHttpRequest.post("/v1/chat/completions").build());
    private Texts texts = new ChatSurface(Clock.systemUTC()).texts();
    private final List<List<String>> questions = new ArrayList<>();
    private final AtomicReference<Over> over = new AtomicReference<>();

    private static Chunk event(int choice, String delta, String finish, Mark mark) {
        return Chunk.of(
                "",
                Json.LENIENT_DEPTH.read("{\"id\":\"1\",\"model\":\"m\",\"choices\":[{\"index\":" + choice
                        + ",\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}"),
                mark);
    }

    private static Chunk said(String text) {
        return said(0, text);
    }

    private static Chunk said(int choice, String text) {
        return event(choice, "{\"content\":\"" + text + "\"}", "null", Mark.SEMANTIC);
    }

    private static Chunk end() {
        return event(0, "{}", "\"stop\"", Mark.FINISH);
    }

    /** Judges as wrong whatever says {@code wrong}, and fails at {@code silence}. */
    private Mono<byte[]> judged(List<String> input) {
        questions.add(input);
        if (input.toString().contains("silence")) {
            return Mono.error(new SideCalls.Failed("no answer"));
        }
        List<String> results = input.stream()
                .map(text -> "{\"flagged\":" + text.contains("wrong") + ",\"categories\":{}}")
                .toList();
        return Mono.just(("{\"results\":" + results + "}").getBytes(UTF_8));
    }

    private Flux<Chunk> moderated(Flux<Chunk> chunks, GuardrailConfig... configs) {
        return moderated(chunks, (any, provider, path, body, patience) -> judged(texts(body)), configs);
    }

    private static List<String> texts(JsonNode question) {
        return question.path("input").valueStream().map(JsonNode::stringValue).toList();
    }

    private Flux<Chunk> moderated(Flux<Chunk> chunks, SideCalls calls, GuardrailConfig... configs) {
        List<Control> controls = Arrays.stream(configs)
                .map(config -> Control.of("g", config, List.of()))
                .toList();
        Verdicts verdicts =
                new Verdicts(exchange, Phase.OUTPUT, new Roster(controls), new GuardEvents(null, event -> {}));
        Answer.Streamed moderated = new StreamModeration(
                        exchange, Context.empty(), texts, new Moderation(calls), controls, verdicts)
                .over(Answer.Streamed.of(chunks, () -> {}));
        moderated.whenOver(over::set);
        return moderated.chunks();
    }

    private JsonNode verdict(int control) {
        return exchange.trail()
                .decisions()
                .get(Step.GUARD_OUTPUT)
                .path("controls")
                .path(control);
    }

    private static void refused(Throwable failure) {
        assertThat(((GatewayException) failure).code()).isEqualTo(ErrorCode.ANSWER_BLOCKED);
    }

    @Test
    void aWindowGoesOutWhenItIsJudged() {
        TestPublisher<Chunk> upstream = TestPublisher.create();
        Sinks.One<byte[]> verdict = Sinks.one();
        List<Chunk> out = new ArrayList<>();
        Flux<Chunk> moderated = moderated(
                upstream.flux(),
                (any, provider, path, body, patience) -> verdict.asMono(),
                Guards.moderation(Action.BLOCK, OnError.CLOSED));
        StepVerifier.create(moderated.doOnNext(out::add))
                .then(() -> upstream.next(said(HALF)))
                .then(() -> assertThat(verdict.currentSubscriberCount()).isZero())
                .then(() -> upstream.next(said(HALF)))
                .then(() -> assertThat(verdict.currentSubscriberCount()).isOne())
                .then(() -> assertThat(out).isEmpty())
                .then(() -> verdict.tryEmitValue(CLEAN))
                .expectNextCount(2)
                .thenCancel()
                .verify();
    }

    @Test
    void eachWindowIsJudgedWithALittleOfTheOneBefore() {
        StepVerifier.create(moderated(
                        Flux.just(said(HALF), said(HALF), said("and more"), end()),
                        Guards.moderation(Action.BLOCK, OnError.CLOSED)))
                .expectNextCount(4)
                .verifyComplete();
        assertThat(questions).containsExactly(List.of(HALF + HALF), List.of("a".repeat(Passages.CONTEXT) + "and more"));
        assertThat(verdict(0).path("verdict").stringValue()).isEqualTo("ran");
    }

    @Test
    void ofAWindowThatIsBlockedNothingGoesOut() {
        StepVerifier.create(moderated(
                        Flux.just(said(HALF), said(HALF), said("this is "), said("wrong"), end()),
                        Guards.moderation(Action.BLOCK, OnError.CLOSED)))
                .expectNextCount(2)
                .verifyErrorSatisfies(StreamModerationTests::refused);
        assertThat(verdict(0).path("findings").path(0).path("spans").toString())
                .isEqualTo("[{\"at\":\"choices[0].content\",\"start\":800,\"end\":1013}]");
        assertThat(over.get().how()).isEqualTo(Over.How.FAILED);
    }

    @Test
    void whatBreaksBeforeItIsJudgedDoesNotGoOut() {
        Flux<Chunk> broken = Flux.just(said("half a sen")).concatWith(Flux.error(new IllegalStateException("reset")));
        StepVerifier.create(moderated(broken, Guards.moderation(Action.BLOCK, OnError.CLOSED)))
                .verifyErrorMessage("reset");
        assertThat(questions).isEmpty();
        assertThat(verdict(0).path("verdict").stringValue()).isEqualTo("skipped");
    }

    @Test
    void whoOnlyFlagsJudgesTheWholeTextBeforeTheFinish() {
        StepVerifier.create(moderated(
                        Flux.just(said(HALF), said(HALF), said(1, "other"), said("wrong"), end()),
                        Guards.moderation(Action.FLAG, OnError.CLOSED)))
                .expectNextCount(5)
                .verifyComplete();
        assertThat(questions).containsExactly(List.of(HALF + HALF + "wrong"), List.of("other"));
        assertThat(verdict(0).path("findings").path(0).path("action").stringValue())
                .isEqualTo("flag");
    }

    @Test
    void theFieldsOfAContentStreamWaitForEveryModerator() {
        texts = new ContentSurface(new ChatSurface(Clock.systemUTC())).texts();
        Chunk progress = Chunk.of("progress", Json.object(), Mark.PREAMBLE);
        Chunk fields = Chunk.of("answer", Json.object().put("title", "wrong").put("body", "right"), Mark.SEMANTIC);
        StepVerifier.create(moderated(Flux.just(progress, fields), Guards.moderation(Action.FLAG, OnError.CLOSED)))
                .expectNext(progress, fields)
                .verifyComplete();
        StepVerifier.create(moderated(Flux.just(progress, fields), Guards.moderation(Action.BLOCK, OnError.CLOSED)))
                .expectNext(progress)
                .verifyErrorSatisfies(StreamModerationTests::refused);
        assertThat(questions).containsExactly(List.of("wrong", "right"), List.of("wrong", "right"));
    }

    @Test
    void aModeratorThatFailsDoesWhatItsControlSays() {
        Flux<Chunk> chunks = Flux.just(said("silence"), end());
        StepVerifier.create(moderated(chunks, Guards.moderation(Action.BLOCK, OnError.CLOSED)))
                .verifyErrorSatisfies(StreamModerationTests::refused);
        StepVerifier.create(moderated(chunks, Guards.moderation(Action.FLAG, OnError.CLOSED)))
                .expectNextCount(1)
                .verifyErrorSatisfies(StreamModerationTests::refused);
        StepVerifier.create(moderated(chunks, Guards.moderation(Action.BLOCK, OnError.OPEN)))
                .expectNextCount(2)
                .verifyComplete();
        assertThat(verdict(0).path("then").stringValue()).isEqualTo("passed");
    }

    @Test
    void aModeratorOfManyNamesFillsNoRecord() {
        String names = IntStream.range(0, 100)
                .mapToObj(number -> "\"c" + number + "\":true")
                .collect(Collectors.joining(","));
        byte[] all = ("{\"results\":[{\"flagged\":true,\"categories\":{" + names + "}}]}").getBytes(UTF_8);
        StepVerifier.create(moderated(
                        Flux.just(said("a"), end()),
                        (any, provider, path, body, patience) -> Mono.just(all),
                        Guards.moderation(Action.FLAG, OnError.CLOSED)))
                .expectNextCount(2)
                .verifyComplete();
        JsonNode findings = verdict(0).path("findings");
        assertThat(findings).hasSize(65);
        assertThat(findings.path(64).path("type").stringValue()).isEqualTo("other");
        assertThat(findings.path(64).path("count").asInt()).isEqualTo(36);
    }

    @Test
    void aTextThatIsTooLongToBeJudgedIsNoPass() {
        Chunk large = said("a".repeat(Moderation.MOST / 4 + 1));
        StepVerifier.create(moderated(
                        Flux.just(large, large, large, large, end()), Guards.moderation(Action.FLAG, OnError.CLOSED)))
                .expectNextCount(4)
                .verifyErrorSatisfies(StreamModerationTests::refused);
        assertThat(questions).isEmpty();
    }

    @Test
    void noCharacterIsCutInTwo() {
        StepVerifier.create(moderated(
                        Flux.just(said(HALF + HALF + "\\ud83d"), said("\\ude00 and on"), end()),
                        Guards.moderation(Action.BLOCK, OnError.CLOSED)))
                .expectNextCount(3)
                .verifyComplete();
        assertThat(questions.get(0)).containsExactly(HALF + HALF);
        assertThat(questions.get(1)).containsExactly("a".repeat(Passages.CONTEXT - 1) + "\ud83d\ude00 and on");
    }

    private static Chunk end(int choice) {
        return event(choice, "{}", "\"stop\"", Mark.FINISH);
    }

    @Test
    void whoJudgedOneOfSeveralChoicesDidNotJudgeTheAnswer() {
        GuardrailConfig flag = Guards.moderation(Action.FLAG, OnError.CLOSED);
        Flux<Chunk> half = Flux.just(said(0, "one"), said(1, "two"), end(0));
        StepVerifier.create(moderated(half.concatWith(Flux.error(new IllegalStateException("reset"))), flag))
                .expectNextCount(3)
                .verifyErrorMessage("reset");
        assertThat(questions).containsExactly(List.of("one"));
        assertThat(verdict(0).path("verdict").stringValue()).isEqualTo("skipped");
        StepVerifier.create(moderated(half.concatWith(Flux.never()), flag))
                .expectNextCount(3)
                .thenCancel()
                .verify();
        assertThat(verdict(0).path("verdict").stringValue()).isEqualTo("skipped");
        StepVerifier.create(moderated(half.concatWithValues(end(1)).concatWith(Flux.never()), flag))
                .expectNextCount(4)
                .thenCancel()
                .verify();
        assertThat(verdict(0).path("verdict").stringValue()).isEqualTo("ran");
    }

    @Test
    void aCallerThatLeavesWhileTheSecondChoiceIsJudgedLeavesNoVerdictOfIt() {
        TestPublisher<Chunk> upstream = TestPublisher.create();
        StepVerifier.create(moderated(
                        upstream.flux(),
                        (any, provider, path, body, patience) ->
                                texts(body).contains("two") ? Mono.never() : Mono.just(CLEAN),
                        Guards.moderation(Action.FLAG, OnError.CLOSED)))
                .then(() -> upstream.next(said(0, "one"), end(0), said(1, "two")))
                .expectNextCount(3)
                .then(() -> upstream.next(end(1)))
                .thenCancel()
                .verify();
        assertThat(verdict(0).path("verdict").stringValue()).isEqualTo("skipped");
    }

    @Test
    void aMessageThatAnEventHasAsAWholeIsJudgedToo() {
        Chunk whole = Chunk.of(
                "",
                Json.LENIENT_DEPTH.read(
                        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"wrong\"},\"finish_reason\":null}]}"),
                Mark.PREAMBLE);
        StepVerifier.create(moderated(Flux.just(whole, end()), Guards.moderation(Action.BLOCK, OnError.CLOSED)))
                .verifyErrorSatisfies(StreamModerationTests::refused);
    }

    @Test
    void aMessageThatRepeatsThePiecesIsNotJudgedOnceMore() {
        Flux<Chunk> repeated = Flux.just("a", "ab")
                .map(text -> Chunk.of(
                        "",
                        Json.LENIENT_DEPTH.read("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                                + text.charAt(text.length() - 1) + "\"},\"message\":{\"content\":\"" + text
                                + "\"},\"finish_reason\":null}]}"),
                        Mark.SEMANTIC));
        for (Action action : List.of(Action.FLAG, Action.BLOCK)) {
            questions.clear();
            StepVerifier.create(moderated(repeated.concatWithValues(end()), Guards.moderation(action, OnError.CLOSED)))
                    .expectNextCount(3)
                    .verifyComplete();
            assertThat(questions).containsExactly(List.of("ab"));
        }
    }

    /** Perplexity repeats in each event what was said so far. */
    @Test
    void ofAMessageThatGrowsWhatIsNewIsJudged() {
        Flux<Chunk> growing = Flux.just("a", "a b", "a b c")
                .map(text -> Chunk.of(
                        "",
                        Json.LENIENT_DEPTH.read("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + text
                                + "\"},\"finish_reason\":null}]}"),
                        Mark.SEMANTIC));
        for (Action action : List.of(Action.FLAG, Action.BLOCK)) {
            questions.clear();
            StepVerifier.create(moderated(growing.concatWithValues(end()), Guards.moderation(action, OnError.CLOSED)))
                    .expectNextCount(4)
                    .verifyComplete();
            assertThat(questions).containsExactly(List.of("a b c"));
        }
    }
}
