package dev.penstock.guard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Channel;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.Texts;
import dev.penstock.guard.GuardBook.Page;
import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.GuardrailConfig.Edit;
import dev.penstock.guard.GuardrailConfig.Phase;
import dev.penstock.guard.GuardrailConfig.Rule;
import dev.penstock.guard.detect.Detector;
import dev.penstock.guard.detect.Glance;
import dev.penstock.guard.detect.Match;
import dev.penstock.surface.chat.ChatSurface;
import dev.penstock.testing.Exchanges;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Streams with several texts, and how they end. */
class StreamGuardTests {

    private static final String MAIL = "ann.lee@example.com";
    private static final List<String> TEXTS = List.of(
            "",
            "ann.",
            "lee",
            "@example.com ",
            "content",
            "stop",
            ",",
            "id",
            "\\n",
            "\\u0069d",
            "wär",
            "cheap",
            " and ",
            MAIL,
            "finish_reason");

    private final LlmExchange exchange =
            Exchanges.of(MockServerHttpRequest.post("/v1/chat/completions").build());
    private final AtomicReference<Over> inner = new AtomicReference<>();
    private final AtomicReference<Over> outer = new AtomicReference<>();

    /** How many events were looked at as trees. */
    private final AtomicInteger walks = new AtomicInteger();

    private final Texts texts = (Texts) Proxy.newProxyInstance(
            Texts.class.getClassLoader(), new Class<?>[] {Texts.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("pieces")) {
                    walks.incrementAndGet();
                }
                return method.invoke(new ChatSurface(Clock.systemUTC()).texts(), arguments);
            });

    private static Chunk event(String choices, Mark mark) {
        return Chunk.of(
                "", Json.LENIENT_DEPTH.read("{\"id\":\"1\",\"model\":\"m\",\"choices\":[" + choices + "]}"), mark);
    }

    private static Chunk delta(int choice, String delta) {
        return event("{\"index\":" + choice + ",\"delta\":" + delta + ",\"finish_reason\":null}", Mark.SEMANTIC);
    }

    private static Chunk said(String text) {
        return delta(0, "{\"content\":\"" + text + "\"}");
    }

    private static Chunk end(int choice) {
        return event("{\"index\":" + choice + ",\"delta\":{},\"finish_reason\":\"stop\"}", Mark.FINISH);
    }

    private Answer.Streamed guarded(Flux<Chunk> chunks, GuardrailConfig... configs) {
        return guarded(
                chunks,
                Arrays.stream(configs)
                        .map(config -> Control.of("g", config, List.of()))
                        .toList());
    }

    private Answer.Streamed guarded(Flux<Chunk> chunks, List<Control> controls) {
        Verdicts verdicts = verdicts(controls);
        Answer.Streamed stream = Answer.Streamed.of(chunks, () -> {});
        stream.whenOver(inner::set);
        Answer.Streamed guarded = (Answer.Streamed) new StreamGuard(texts, Page.of(controls), verdicts).over(stream);
        assertThat(stream.sameLife(guarded)).isTrue();
        guarded.whenOver(outer::set);
        return guarded;
    }

    private Verdicts verdicts(List<Control> controls) {
        return new Verdicts(exchange, Phase.OUTPUT, new Roster(controls), new GuardEvents(null, event -> {}));
    }

    private static List<String> deltas(Flux<Chunk> chunks) {
        List<String> deltas = new ArrayList<>();
        StepVerifier.create(chunks)
                .thenConsumeWhile(
                        chunk -> true,
                        chunk -> chunk.tree()
                                .path("choices")
                                .forEach(choice -> deltas.add(choice.path("index") + " " + choice.path("delta"))))
                .verifyComplete();
        return deltas;
    }

    @Test
    void eachChoiceHasATextOfItsOwn() {
        Flux<Chunk> chunks = Flux.just(
                delta(0, "{\"content\":\"ann.lee@\"}"),
                delta(1, "{\"content\":\"bob@example\"}"),
                delta(0, "{\"content\":\"example.com x\"}"),
                delta(1, "{\"content\":\".org y\"}"),
                end(0),
                end(1));
        assertThat(deltas(guarded(chunks, Guards.of(Rule.PII, Action.REDACT)).chunks()))
                .containsExactly(
                        "0 {\"content\":\"[EMAIL] \"}",
                        "1 {\"content\":\"[EMAIL] \"}",
                        "0 {\"content\":\"x\"}",
                        "0 {}",
                        "1 {\"content\":\"y\"}",
                        "1 {}");
    }

    @Test
    void whatIsHeldGoesOutBeforeATool() {
        Flux<Chunk> chunks = Flux.just(
                said("I ask ann.lee"),
                delta(
                        0,
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}"),
                delta(
                        0,
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"to\\\":\\\"" + MAIL
                                + "\\\"}\"}}]}"),
                end(0));
        assertThat(deltas(guarded(chunks, Guards.of(Rule.PII, Action.REDACT)).chunks()))
                .containsExactly(
                        "0 {\"content\":\"I ask \"}",
                        "0 {\"content\":\"ann.lee\"}",
                        "0 {\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}",
                        "0 {\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"to\\\":\\\"" + MAIL
                                + "\\\"}\"}}]}",
                        "0 {}");
        assertThat(exchange.trail().decisions().toString()).contains("choices[0].tool_calls[0]", "\"action\":\"flag\"");
    }

    @Test
    void argumentsAreEditedWhereTheGuardrailSaysSo() {
        Flux<Chunk> chunks = Flux.just(
                delta(
                        0,
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"to\\\":\\\"ann.lee@ex\"}}]}"),
                delta(0, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"ample.com\\\"}\"}}]}"),
                end(0));
        assertThat(String.join(
                        "",
                        deltas(guarded(chunks, Guards.edit(Rule.PII, Edit.TOOL_ARGUMENTS))
                                .chunks())))
                .contains("[EMAIL]")
                .doesNotContain("ann", "ample.com");
    }

    @Test
    void logProbabilitiesOfAChangedTextGo() {
        Flux<Chunk> chunks = Flux.just(
                event(
                        "{\"index\":0,\"delta\":{\"content\":\"" + MAIL
                                + " \"},\"logprobs\":{\"content\":[{\"token\":\"ann\"}]}," + "\"finish_reason\":null}",
                        Mark.SEMANTIC),
                end(0));
        StepVerifier.create(guarded(chunks, Guards.of(Rule.PII, Action.REDACT)).chunks())
                .assertNext(chunk ->
                        assertThat(chunk.tree().toString()).contains("[EMAIL]").doesNotContain("ann"))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void whoWatchesABlockedStreamIsToldThatItFailed() {
        Flux<Chunk> chunks = Flux.just(said("it is "), said(MAIL + " "), said("more"), end(0));
        StepVerifier.create(guarded(chunks, Guards.of(Rule.PII, Action.BLOCK)).chunks())
                .expectNextCount(1)
                .verifyErrorMatches(
                        it -> it instanceof GatewayException known && known.code() == ErrorCode.ANSWER_BLOCKED);
        assertThat(inner.get().how()).isEqualTo(Over.How.CANCELLED);
        assertThat(outer.get().how()).isEqualTo(Over.How.FAILED);
        assertThat(exchange.trail().decisions().toString()).contains("\"action\":\"block\"");
    }

    @Test
    void aStreamThatBreaksTellsWhatWasHeldFirst() {
        Flux<Chunk> chunks =
                Flux.concat(Flux.just(said("to ann.lee")), Flux.error(new IllegalStateException("broken")));
        StepVerifier.create(guarded(chunks, Guards.of(Rule.PII, Action.REDACT)).chunks())
                .assertNext(chunk -> assertThat(chunk.tree().toString()).contains("\"to \""))
                .assertNext(chunk -> assertThat(chunk.tree().toString()).contains("\"ann.lee\""))
                .verifyErrorMessage("broken");
    }

    @Test
    void aCallerThatLeavesCancelsTheStreamAndLeavesAVerdict() {
        StepVerifier.create(
                        guarded(Flux.just(said(MAIL + " "), end(0)), Guards.of(Rule.PII, Action.REDACT))
                                .chunks(),
                        1)
                .expectNextCount(1)
                .thenCancel()
                .verify();
        assertThat(inner.get().how()).isEqualTo(Over.How.CANCELLED);
        assertThat(outer.get().how()).isEqualTo(Over.How.CANCELLED);
        assertThat(exchange.trail().decisions().toString()).contains("\"verdict\":\"ran\"", "\"type\":\"email\"");
    }

    /** Those who watch look at longer pieces than come: what went out has to be looked at all the same. */
    @Test
    void whatACallerHadWhenItLeftWasLookedAt() {
        Flux<Chunk> chunks = Flux.just(said("to ann.lee@"), said("example.com "), said("and more"), end(0));
        StepVerifier.create(guarded(chunks, Guards.of(Rule.PII, Action.FLAG)).chunks(), 2)
                .expectNextCount(2)
                .thenCancel()
                .verify();
        assertThat(outer.get().how()).isEqualTo(Over.How.CANCELLED);
        assertThat(exchange.trail().decisions().toString()).contains("\"verdict\":\"ran\"", "\"type\":\"email\"");
    }

    @Test
    void whatWentOutBeforeAnotherControlEndedItWasLookedAt() {
        Flux<Chunk> chunks = Flux.just(said("to " + MAIL + " "), said("and so on "), said("secret "), end(0));
        GuardrailConfig words = Guards.words(Action.BLOCK, "secret");
        StepVerifier.create(
                        guarded(chunks, Guards.of(Rule.PII, Action.FLAG), words).chunks())
                .thenConsumeWhile(chunk -> true)
                .verifyError(GatewayException.class);
        assertThat(exchange.trail().decisions().toString()).contains("\"type\":\"email\"", "\"action\":\"block\"");
    }

    /** What is held is looked at when there is no more of it. */
    @Test
    void whatMustNotGoOutDoesNotWhenTheStreamBreaks() {
        Flux<Chunk> chunks =
                Flux.concat(Flux.just(said("it is sec"), said("ret")), Flux.error(new IllegalStateException("broken")));
        List<String> out = new ArrayList<>();
        StepVerifier.create(
                        guarded(chunks, Guards.words(Action.BLOCK, "secret")).chunks())
                .thenConsumeWhile(chunk -> true, chunk -> out.add(chunk.tree().toString()))
                .verifyErrorMessage("broken");
        assertThat(String.join("", out)).doesNotContain("sec");
        assertThat(exchange.trail().decisions().toString()).contains("\"action\":\"block\"", "\"findings\"");
    }

    /** What a control holds, and cannot look at in the end, is as little to be told as what it refuses. */
    @Test
    void whatAClosedControlFailsOnDoesNotGoOutWhenTheStreamBreaks() {
        AtomicBoolean brokenBefore = new AtomicBoolean();
        Flux<Chunk> chunks = Flux.concat(
                Flux.just(said("it is "), said("secret")),
                Flux.<Chunk>error(new IllegalStateException("broken"))
                        .doOnSubscribe(subscription -> brokenBefore.set(true)));
        Control control = judgedBy(Action.BLOCK, text -> {
            if (brokenBefore.get()) {
                throw new IllegalStateException("cannot");
            }
        });
        List<String> out = new ArrayList<>();
        StepVerifier.create(guarded(chunks, List.of(control)).chunks())
                .thenConsumeWhile(chunk -> true, chunk -> out.add(chunk.tree().toString()))
                .verifyErrorMessage("broken");
        assertThat(String.join("", out)).isEmpty();
        assertThat(exchange.trail().decisions().toString()).contains("\"verdict\":\"failed\"");
    }

    /** The caller's connection and the provider's may be of two event loops. */
    @Test
    void aCallerThatLeavesWhileAnEventIsLookedAtWaitsForIt() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch leaving = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger atOnce = new AtomicInteger();
        Control control = judgedBy(Action.FLAG, text -> {
            assertThat(atOnce.incrementAndGet()).isOne();
            if (looks.incrementAndGet() == 1) {
                looking.countDown();
                await(leaving);
            }
            atOnce.decrementAndGet();
        });
        Sinks.Many<Chunk> provider = Sinks.many().unicast().onBackpressureBuffer();
        Disposable caller =
                guarded(provider.asFlux(), List.of(control)).chunks().subscribe();
        Thread loop = new Thread(() -> provider.tryEmitNext(said("to " + "x".repeat(300))));
        loop.start();
        await(looking);
        Thread other = new Thread(caller::dispose);
        other.start();
        while (other.getState() != Thread.State.BLOCKED && other.isAlive()) {
            Thread.onSpinWait();
        }
        leaving.countDown();
        loop.join(10_000);
        other.join(10_000);
        assertThat(loop.isAlive() || other.isAlive()).isFalse();
        assertThat(outer.get().how()).isEqualTo(Over.How.CANCELLED);
        assertThat(looks.get()).isGreaterThan(1);
        assertThat(exchange.trail().decisions().toString())
                .containsOnlyOnce("\"verdict\"")
                .contains("\"verdict\":\"ran\"");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** A control that finds nothing; where it acts, it holds all until the text ends. */
    private static Control judgedBy(Action action, Consumer<String> judge) {
        Detector detector = new Detector() {
            @Override
            public List<String> keywords() {
                return List.of();
            }

            @Override
            public void find(String text, Glance glance, int first, List<Match> to) {
                judge.accept(text);
            }

            @Override
            public int open(String text) {
                return 0;
            }
        };
        return new Control("g", Guards.words(action, "any"), List.of(detector), null, null);
    }

    @Test
    void anotherChoiceThatDidNotEndWasNotCheckedEither() {
        GuardrailConfig brand = Guards.brand(Action.BLOCK, List.of(), "Acme");
        Flux<Chunk> chunks = Flux.just(said("Acme"), delta(1, "{\"reasoning_content\":\"hm\"}"), end(0), end(1));
        StepVerifier.create(guarded(chunks, brand).chunks(), 3)
                .expectNextCount(3)
                .thenCancel()
                .verify();
        assertThat(exchange.trail().decisions().toString()).contains("\"verdict\":\"skipped\"");
    }

    @Test
    void halfADocumentIsNotSaidToHaveBeenChecked() {
        GuardrailConfig schema = Guards.schema(Action.BLOCK, "{\"type\":\"object\"}");
        StepVerifier.create(
                        guarded(Flux.just(said("{\\\"a\\\""), said(":1}"), end(0)), schema)
                                .chunks(),
                        1)
                .expectNextCount(1)
                .thenCancel()
                .verify();
        assertThat(exchange.trail().decisions().toString()).contains("\"verdict\":\"skipped\"", "did not end");
        StreamGuardTests broken = new StreamGuardTests();
        Flux<Chunk> half = Flux.concat(Flux.just(said("{")), Flux.error(new IllegalStateException("broken")));
        StepVerifier.create(broken.guarded(half, schema).chunks())
                .expectNextCount(1)
                .verifyErrorMessage("broken");
        assertThat(broken.exchange.trail().decisions().toString()).contains("\"verdict\":\"skipped\"");
        StreamGuardTests whole = new StreamGuardTests();
        StepVerifier.create(whole.guarded(Flux.just(said("{}"), end(0)), schema).chunks())
                .expectNextCount(2)
                .verifyComplete();
        assertThat(whole.exchange.trail().decisions().toString()).contains("\"verdict\":\"ran\"");
    }

    @Test
    void aDocumentThatDoesNotFitEndsTheStreamBeforeItsFinish() {
        GuardrailConfig schema = Guards.schema(Action.BLOCK, "{\"type\":\"object\",\"required\":[\"a\"]}");
        Flux<Chunk> fits = Flux.just(said("{\\\"a\\\""), said(":1}"), end(0));
        assertThat(deltas(guarded(fits, schema).chunks())).hasSize(3);
        Flux<Chunk> misfits = Flux.just(said("{\\\"b\\\""), said(":1}"), end(0));
        StepVerifier.create(guarded(misfits, schema).chunks())
                .expectNextCount(2)
                .verifyErrorMatches(
                        it -> it instanceof GatewayException known && known.code() == ErrorCode.ANSWER_BLOCKED);
    }

    @Test
    void aPhraseThatABrandForbidsIsTakenOutHoweverItIsCut() {
        GuardrailConfig brand = Guards.brand(Action.REDACT, List.of("cheapest of all"));
        Flux<Chunk> chunks = Flux.just(said("The Cheap"), said("est of"), said(" all beans"), end(0));
        assertThat(String.join("", deltas(guarded(chunks, brand).chunks())))
                .contains("[FORBIDDEN]")
                .doesNotContainIgnoringCase("cheap");
        assertThat(exchange.trail().decisions().toString()).contains("\"type\":\"forbidden\"");
    }

    @Test
    void anAnswerWithoutWhatItsBrandSaysEndsBeforeItsFinish() {
        GuardrailConfig brand = Guards.brand(Action.BLOCK, List.of(), "Terms apply", "Acme");
        assertThat(deltas(guarded(Flux.just(said("Acme: te"), said("rms apply."), end(0)), brand)
                        .chunks()))
                .hasSize(3);
        StepVerifier.create(guarded(Flux.just(said("Acme: "), said("terms applying"), end(0)), brand)
                        .chunks())
                .expectNextCount(2)
                .verifyErrorMatches(
                        it -> it instanceof GatewayException known && known.code() == ErrorCode.ANSWER_BLOCKED);
        assertThat(exchange.trail().decisions().toString()).contains("\"type\":\"missing\"");
    }

    @Test
    void anAnswerTooLongToBeCheckedIsNotPassed() {
        GuardrailConfig brand = Guards.brand(Action.FLAG, List.of(), "Terms apply");
        Flux<Chunk> chunks = Flux.just(said("x".repeat(5 << 20)), end(0));
        StepVerifier.create(guarded(chunks, brand).chunks())
                .expectNextCount(1)
                .verifyErrorMatches(
                        it -> it instanceof GatewayException known && known.code() == ErrorCode.ANSWER_BLOCKED);
        assertThat(exchange.trail().decisions().toString()).contains("\"verdict\":\"failed\"");
    }

    @Test
    void aCallOfAToolSaysNothingThatABrandWouldMiss() {
        GuardrailConfig brand = Guards.brand(Action.BLOCK, List.of(), "Terms apply");
        Flux<Chunk> chunks =
                Flux.just(delta(0, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}"), end(0));
        assertThat(deltas(guarded(chunks, brand).chunks())).hasSize(2);
    }

    /** Most events are read without a tree; one that has something new in each of them is not. */
    @Test
    void whatIsReadWithoutATreeIsJudgedAsWithOne() {
        long seed = System.nanoTime();
        System.out.println("StreamGuardTests seed " + seed);
        Random random = new Random(seed);
        GuardrailConfig[] configs = {
            Guards.of(Rule.PII, Action.FLAG),
            Guards.words(Action.FLAG, "content", "lee"),
            Guards.brand(Action.FLAG, List.of("cheap"), "finish_reason")
        };
        for (int i = 0; i < 500; i++) {
            List<String> choices = Stream.generate(() -> piece(random))
                    .limit(1 + random.nextInt(30))
                    .toList();
            assertThat(judged(choices, false, configs)).isEqualTo(judged(choices, true, configs));
        }
    }

    private static String piece(Random random) {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        int choice = random.nextInt(10) == 0 ? 1 : 0;
        String member = switch (random.nextInt(24)) {
            case 3 -> "\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]";
            case 4 ->
                "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}]";
            case 5 -> "\"content\":[{\"type\":\"image_url\",\"text\":\"" + text + "\"}]";
            case 6 -> "\"tool_calls\":[{\"index\":0,\"custom\":{\"input\":\"" + text + "\"}}]";
            case 7 -> "\"audio\":{\"transcript\":\"" + text + "\"}";
            case 8 -> "\"thinking\":\"" + text + "\"";
            case 9 -> "\"reasoning_details\":[{\"summary\":\"" + text + "\"}]";
            case 10 -> "\"content\":\"" + text + "\"},\"message\":{\"content\":\"" + text + "\"";
            case 11 -> "\"content\":\"\"},\"text\":\"" + text + "\",\"x\":{";
            case 12 -> "\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"" + text + "\"}]";
            case 13 -> "\"role\":\"assistant\",\"content\":\"" + text + "\"";
            case 0 -> "\"reasoning_content\":\"" + text + "\"";
            case 1 -> "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + text + "\"}}]";
            case 2 -> "\"content\":\"" + text + "\",\"refusal\":\"" + text + "\"";
            default -> "\"content\":\"" + text + "\"";
        };
        String end = random.nextInt(15) == 0 ? "\"stop\"" : random.nextInt(10) == 0 ? "\"\"" : "null";
        return "{\"index\":" + choice + ",\"delta\":{" + member + "},\"finish_reason\":" + end + "}";
    }

    /** What goes out, and what the record says. */
    private static String judged(List<String> choices, boolean numbered, GuardrailConfig... configs) {
        StreamGuardTests own = new StreamGuardTests();
        List<Chunk> chunks = new ArrayList<>();
        for (String choice : choices) {
            String number = numbered ? ",\"n\":" + chunks.size() : "";
            byte[] data = ("{\"id\":\"1\",\"choices\":[" + choice + "]" + number + "}").getBytes(UTF_8);
            chunks.add(
                    new Chunk("", data, choice.contains("\"finish_reason\":\"stop\"") ? Mark.FINISH : Mark.SEMANTIC));
        }
        String out = String.join(
                "\n", deltas(own.guarded(Flux.fromIterable(chunks), configs).chunks()));
        return out + own.exchange.trail().decisions();
    }

    @Test
    void anEventLikeTheOneBeforeNeedsNoTree() {
        Flux<Chunk> chunks = Flux.just(said("ann"), said(".lee@"), said("example.com "), said("wär"), end(0));
        assertThat(deltas(guarded(chunks, Guards.of(Rule.PII, Action.FLAG)).chunks()))
                .hasSize(5);
        assertThat(walks).hasValue(3);
        assertThat(exchange.trail().decisions().toString()).contains("\"type\":\"email\"");
    }

    private static final List<String> PLACES = List.of(
            "{\"content\":\"%s\"}",
            "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}",
            "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"%s\"}]}]}",
            "{\"content\":[{\"type\":\"thinking\",\"thinking\":\"%s\"}]}",
            "{\"content\":[{\"type\":\"refusal\",\"refusal\":\"%s\",\"text\":null}]}",
            "{\"refusal\":\"%s\"}",
            "{\"thinking\":\"%s\"}",
            "{\"reasoning\":\"%s\"}",
            "{\"reasoning_content\":\"%s\"}",
            "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"%s\",\"index\":2}]}",
            "{\"reasoning_details\":[{\"type\":\"reasoning.summary\",\"summary\":\"%s\",\"index\":2}]}",
            "{\"audio\":{\"transcript\":\"%s\"}}",
            "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"%s\"}}]}",
            "{\"tool_calls\":[{\"index\":1,\"custom\":{\"input\":\"%s\"}}]}",
            "{\"function_call\":{\"arguments\":\"%s\"}}");

    /** However it is cut, and whether what was held goes out with the end or before it. */
    @Test
    void aTextIsGuardedWhereverADeltaHasIt() {
        for (String place : PLACES) {
            StreamGuardTests own = new StreamGuardTests();
            Flux<Chunk> chunks = Flux.just(
                    delta(0, place.formatted("to ann.lee@")), delta(0, place.formatted("example.com now")), end(0));
            String out = String.join(
                    "",
                    deltas(own.guarded(chunks, Guards.edit(Rule.PII, Edit.TOOL_ARGUMENTS, Edit.REASONING))
                            .chunks()));
            assertThat(out).as(place).contains("to ", "[EMAIL]", "now").doesNotContain("ann", "example");
            assertThat(own.exchange.trail().decisions().toString())
                    .as(place)
                    .contains("\"type\":\"email\",\"action\":\"redact\",\"count\":1");
        }
    }

    @Test
    void whatIsHeldGoesOutWhereADeltaHadIt() {
        for (String place : PLACES) {
            Heard heard = heard(event("{\"delta\":" + place.formatted("x") + "}", Mark.SEMANTIC));
            Channel channel = heard.pieces.keySet().iterator().next();
            Heard again = heard(texts.piece(Json.object(), channel, "x"));
            assertThat(again.pieces).as(place).isEqualTo(heard.pieces);
        }
    }

    @Test
    void whatIsHeldOfAMessageGoesOutAsOneOfItsList() {
        assertThat(message("tool_calls[1].function.arguments", TextKind.TOOL_ARGUMENTS))
                .isEqualTo("{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"x\"}}]}");
        assertThat(message("reasoning_details[2].text", TextKind.REASONING))
                .isEqualTo("{\"reasoning_details\":[{\"index\":2,\"text\":\"x\"}]}");
        assertThat(message("content[1].text", TextKind.MESSAGE))
                .isEqualTo("{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}");
        assertThat(message("content[0].thinking[0].text", TextKind.REASONING))
                .isEqualTo("{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"x\"}]}]}");
        assertThat(message("annotations[1].url_citation.title", TextKind.MESSAGE))
                .isEqualTo("{\"annotations\":[{\"url_citation\":{\"title\":\"x\"}}]}");
    }

    private String message(String member, TextKind kind) {
        Channel channel = new Channel(0, kind, "message." + member, Channel.WHOLE);
        return texts.piece(Json.object(), channel, "x")
                .tree()
                .at("/choices/0/message")
                .toString();
    }

    private Heard heard(Chunk chunk) {
        Heard heard = new Heard(verdicts(List.of()));
        texts.pieces(chunk.tree(), heard);
        return heard;
    }

    @Test
    void aTextOfAStreamThatCannotBeReadIsNeverAPass() {
        for (String delta : List.of(
                "{\"content\":{\"x\":\"" + MAIL + "\"}}",
                "{\"content\":5}",
                "{\"content\":[\"" + MAIL + "\"]}",
                "{\"content\":[{\"type\":\"text\",\"text\":{\"x\":1}}]}",
                "{\"content\":[{\"type\":\"text\"}]}",
                "{\"reasoning\":[\"" + MAIL + "\"]}",
                "{\"reasoning_details\":\"" + MAIL + "\"}",
                "{\"audio\":\"" + MAIL + "\"}",
                "{\"tool_calls\":{\"0\":1}}",
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":{\"to\":\"" + MAIL + "\"}}}]}",
                "\"" + MAIL + "\"")) {
            StreamGuardTests own = new StreamGuardTests();
            StepVerifier.create(
                            own.guarded(Flux.just(said("a"), delta(0, delta), end(0)), Guards.of(Rule.PII, Action.FLAG))
                                    .chunks())
                    .expectNextCount(1)
                    .verifyErrorMatches(
                            it -> it instanceof GatewayException known && known.code() == ErrorCode.ANSWER_BLOCKED);
            assertThat(own.exchange.trail().decisions().toString())
                    .as(delta)
                    .contains("\"verdict\":\"failed\"", "cannot be read")
                    .doesNotContain(MAIL);
        }
    }

    @Test
    void whatIsNoTextInAStreamIsCounted() {
        Flux<Chunk> chunks = Flux.just(
                delta(0, "{\"content\":[{\"type\":\"image_url\",\"text\":\"hi\",\"image_url\":{\"url\":\"u\"}}]}"),
                delta(0, "{\"content\":[{\"type\":\"image_url\",\"text\":\"ho\",\"image_url\":{\"url\":\"u\"}}]}"),
                end(0));
        assertThat(deltas(guarded(chunks, Guards.of(Rule.PII, Action.FLAG)).chunks()))
                .hasSize(3);
        assertThat(exchange.trail().decisions().toString()).contains("\"not_text\":{\"image_url\":2}");
    }

    /** As Perplexity's last event does. */
    @Test
    void aMessageThatRepeatsWhatWasSaidIsEditedAsAWhole() {
        String message = "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Mail " + MAIL
                + "\",\"annotations\":[{\"url_citation\":{\"title\":\"By " + MAIL
                + "\"}}]},\"delta\":{\"content\":\"\"},\"finish_reason\":\"stop\"}";
        for (Mark mark : List.of(Mark.FINISH, Mark.PREAMBLE)) {
            StreamGuardTests own = new StreamGuardTests();
            Flux<Chunk> chunks = Flux.just(said("Mail ann.lee@exam"), said("ple.com"), event(message, mark));
            StepVerifier.create(own.guarded(chunks, Guards.of(Rule.PII, Action.REDACT))
                            .chunks())
                    .expectNextCount(1)
                    .assertNext(chunk -> assertThat(chunk.tree().toString())
                            .contains(
                                    "\"content\":\"Mail [EMAIL]\"",
                                    "\"title\":\"By [EMAIL]\"",
                                    "\"delta\":{\"content\":\"[EMAIL]\"}")
                            .doesNotContain("lee"))
                    .verifyComplete();
            assertThat(own.exchange.trail().decisions().toString())
                    .contains("choices[0].content", "choices[0].message.annotations[0].url_citation.title")
                    .doesNotContain("choices[0].message.content");
        }
    }

    private static final String CARD = "4111 1111 1111 1111";

    private static Chunk beside(String piece, String message) {
        return member("\"delta\":{\"content\":\"" + piece + "\"},\"message\":{\"content\":\"" + message + "\"}");
    }

    private static String recorded(Action action, Chunk... chunks) {
        StreamGuardTests own = new StreamGuardTests();
        deltas(own.guarded(Flux.just(chunks), Guards.of(Rule.PII, action)).chunks());
        return own.exchange.trail().decisions().toString();
    }

    @Test
    void whatOnlyAMessageSaysIsCountedThoughTheAnswerComesInPieces() {
        for (Action action : List.of(Action.FLAG, Action.REDACT)) {
            String counted = "\"type\":\"card\",\"action\":\"" + action.name().toLowerCase(Locale.ROOT)
                    + "\",\"count\":1,\"spans\":[{\"at\":\"choices[0].message.content\",\"start\":9,";
            assertThat(recorded(action, beside("Hi", "Hi, card " + CARD), end(0)))
                    .contains(counted);
            assertThat(recorded(
                            action,
                            beside("Hi, card 4111 1111", "Hi, card 4111 1111"),
                            beside("", "Hi, card " + CARD),
                            end(0)))
                    .contains(counted);
        }
    }

    @Test
    void aMessageThatGrowsBesideThePiecesIsCountedWithThemAlone() {
        for (Action action : List.of(Action.FLAG, Action.REDACT)) {
            assertThat(recorded(
                            action,
                            beside("Hi, card 4111 1111", "Hi, card 4111 1111"),
                            beside(" 1111 1111", "Hi, card " + CARD),
                            beside(" or", "Hi, card " + CARD + " or"),
                            end(0),
                            beside("", "Hi, card " + CARD + " or")))
                    .contains("\"count\":1,\"spans\":[{\"at\":\"choices[0].content\"")
                    .doesNotContain("message");
        }
    }

    private static Flux<Chunk> growing(String... texts) {
        return Flux.fromArray(texts)
                .map(text -> event(
                        "{\"index\":0,\"delta\":{},\"message\":{\"content\":\"" + text + "\"},\"finish_reason\":"
                                + (text.endsWith("now") ? "\"stop\"" : "null") + "}",
                        Mark.SEMANTIC));
    }

    /** Perplexity repeats in each event what was said so far. */
    @Test
    void aMessageThatGrowsFromEventToEventLeaksNothingAndIsCountedOnce() {
        Flux<Chunk> chunks = growing(
                "Mail ann.lee@exam",
                "Mail ann.lee@example.com",
                "Mail ann.lee@example.com or",
                "Mail ann.lee@example.com or now");
        List<String> said = new ArrayList<>();
        StepVerifier.create(guarded(chunks, Guards.of(Rule.PII, Action.REDACT)).chunks())
                .thenConsumeWhile(
                        chunk -> true,
                        chunk -> said.add(
                                Json.string(chunk.tree().path("choices").path(0).path("message"), "content")))
                .verifyComplete();
        assertThat(said).containsExactly("Mail ", "Mail ", "Mail [EMAIL] ", "Mail [EMAIL] or now");
        assertThat(exchange.trail().decisions().toString())
                .contains("\"type\":\"email\",\"action\":\"redact\",\"count\":1");
    }

    @Test
    void whatIsCutInAMessageThatGrowsIsNotTakenForAWord() {
        GuardrailConfig words = Guards.words(Action.FLAG, "art", "lee");
        deltas(guarded(growing("by lee of art", "by lee of article", "by lee of articles now"), words)
                .chunks());
        assertThat(exchange.trail().decisions().toString())
                .contains("\"count\":1,\"spans\":[{\"at\":\"choices[0].message.content\",\"start\":3,\"end\":6}]");
    }

    private static final String MEMBER = "{\"index\":0,%s,\"finish_reason\":%s}";

    private static Chunk member(String member) {
        return event(MEMBER.formatted(member, "null"), Mark.SEMANTIC);
    }

    private String all(String pointer, Chunk... chunks) {
        StringBuilder out = new StringBuilder();
        StepVerifier.create(guarded(Flux.just(chunks), Guards.of(Rule.PII, Action.REDACT))
                        .chunks())
                .thenConsumeWhile(
                        chunk -> true,
                        chunk -> out.append(
                                chunk.tree().at("/choices/0/" + pointer).asString("")))
                .verifyComplete();
        return out.toString();
    }

    @Test
    void ofATextThatIsSaidAsAWholeOnceNothingIsLost() {
        String cited = "{\"annotations\":[{\"url_citation\":{\"title\":\"%s\"}}]}";
        assertThat(all(
                        "delta/annotations/0/url_citation/title",
                        delta(0, cited.formatted("Example Domain")),
                        said("hi"),
                        delta(0, cited.formatted(MAIL)),
                        end(0)))
                .isEqualTo("Example Domain[EMAIL]");
    }

    @Test
    void ofPiecesThatStandInAMessageNothingIsLost() {
        String content = "\"message\":{\"content\":\"%s\"}";
        Chunk one = member(content.formatted("to ann.lee@"));
        Chunk two = member(content.formatted("example.com and"));
        assertThat(all("message/content", one, two, end(0))).isEqualTo("to [EMAIL] and");
        assertThat(new StreamGuardTests().all("message/content", one, two)).isEqualTo("to [EMAIL] and");
        String cited = "\"message\":{\"annotations\":[{\"url_citation\":{\"title\":\"Example Domain\"}}]}";
        assertThat(new StreamGuardTests().all("message/annotations/0/url_citation/title", member(cited), end(0)))
                .isEqualTo("Example Domain");
    }

    @Test
    void ofAMessageBehindTheFinishNothingIsLost() {
        assertThat(all("message/content", end(0), member("\"message\":{\"content\":\"to " + MAIL + "\"}")))
                .isEqualTo("to [EMAIL]");
    }

    @Test
    void aMessageThatGrewGoesOutAsAWholeWithTheFinish() {
        assertThat(messages("to ann", "to ann.lee", "")).containsExactly("to ", "to ", "to ann.lee", "");
    }

    @Test
    void aMessageThatGrewIsWholeBehindTheFinishToo() {
        assertThat(messages("to ann", "to ann.lee", "", "to ann.lee"))
                .containsExactly("to ", "to ", "to ann.lee", "", "to ann.lee");
    }

    /** What goes out as messages for those that come; none is the finish. */
    private List<String> messages(String... texts) {
        Flux<Chunk> chunks = Flux.fromArray(texts)
                .map(text -> text.isEmpty() ? end(0) : member("\"message\":{\"content\":\"" + text + "\"}"));
        List<String> said = new ArrayList<>();
        StepVerifier.create(guarded(chunks, Guards.of(Rule.PII, Action.REDACT)).chunks())
                .thenConsumeWhile(
                        chunk -> true,
                        chunk -> said.add(
                                chunk.tree().at("/choices/0/message/content").asString("")))
                .verifyComplete();
        return said;
    }

    @Test
    void whatCanHoldNoTextStandsInNoStreamsWay() {
        for (String choice : List.of(
                "\"delta\":\"\"",
                "\"delta\":{\"tool_calls\":{},\"audio\":\"\",\"thinking\":false,\"content\":[],\"refusal\":{}}")) {
            assertThat(new StreamGuardTests().all("delta/content", said("a "), member(choice), end(0)))
                    .as(choice)
                    .isEqualTo("a ");
        }
    }

    @Test
    void aMessageThatRepeatsTheAnswerIsCheckedOnce() {
        GuardrailConfig schema = Guards.schema(Action.FLAG, "{\"type\":\"object\"}");
        Chunk again = member("\"message\":{\"content\":\"no JSON\"}");
        deltas(guarded(Flux.just(said("no JSON"), end(0), again), schema).chunks());
        assertThat(exchange.trail().decisions().toString()).contains("\"count\":1");
    }

    @Test
    void aMessageBehindTheFinishOfAnEmptyAnswerIsChecked() {
        GuardrailConfig brand = Guards.brand(Action.BLOCK, List.of(), "Acme");
        Chunk message = member("\"message\":{\"content\":\"something else\"}");
        StepVerifier.create(guarded(Flux.just(said(""), end(0), message), brand).chunks())
                .thenConsumeWhile(chunk -> true)
                .verifyError(GatewayException.class);
        assertThat(exchange.trail().decisions().toString()).contains("\"type\":\"missing\"");
    }

    @Test
    void aMessageThatBeginsAnewIsLookedAtBehindWhatWasSaid() {
        GuardrailConfig words = Guards.words(Action.FLAG, "lee");
        deltas(guarded(growing("by lee ", "a lee ", "other now"), words).chunks());
        assertThat(exchange.trail().decisions().toString()).contains("\"count\":2");
    }

    @Test
    void ofAMessageThatDoesNotEndAllIsLookedAt() {
        GuardrailConfig words = Guards.words(Action.FLAG, "lee");
        deltas(guarded(growing("by", "by lee"), words).chunks());
        assertThat(exchange.trail().decisions().toString()).contains("\"count\":1");
    }

    @Test
    void aMessageWithoutAnyPiecesIsTheAnswerThatIsChecked() {
        GuardrailConfig schema = Guards.schema(Action.BLOCK, "{\"type\":\"object\"}");
        Chunk whole =
                event("{\"index\":0,\"message\":{\"content\":\"no JSON\"},\"finish_reason\":\"stop\"}", Mark.FINISH);
        StepVerifier.create(guarded(Flux.just(whole), schema).chunks()).verifyError(GatewayException.class);
        StreamGuardTests fits = new StreamGuardTests();
        StepVerifier.create(fits.guarded(
                                Flux.just(
                                        said("{}"),
                                        event(
                                                "{\"index\":0,\"message\":{\"content\":\"{}\"},\"finish_reason\":\"stop\"}",
                                                Mark.FINISH)),
                                schema)
                        .chunks())
                .expectNextCount(2)
                .verifyComplete();
    }

    @Test
    void theTextOfACompletionIsGuardedThoughItsEventIsTakenForAPreamble() {
        Flux<Chunk> chunks = Flux.just("to ann.lee@", "example.com now")
                .map(text -> event("{\"index\":0,\"text\":\"" + text + "\",\"finish_reason\":null}", Mark.PREAMBLE));
        StringBuilder out = new StringBuilder();
        StepVerifier.create(guarded(chunks, Guards.of(Rule.PII, Action.REDACT)).chunks())
                .thenConsumeWhile(
                        chunk -> true,
                        chunk -> out.append(
                                Json.string(chunk.tree().path("choices").path(0), "text")))
                .verifyComplete();
        assertThat(out).hasToString("to [EMAIL] now");
    }

    /** A preamble may come in the midst of a text. */
    @Test
    void aPreambleThatSaysNothingLetsNothingGo() {
        Chunk empty = event("{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":null}", Mark.PREAMBLE);
        Flux<Chunk> chunks = Flux.just(
                empty,
                delta(0, "{\"reasoning\":\"to ann.lee@\"}"),
                empty,
                delta(0, "{\"reasoning\":\"example.com now\"}"),
                end(0));
        assertThat(String.join(
                        "",
                        deltas(guarded(chunks, Guards.edit(Rule.PII, Edit.REASONING))
                                .chunks())))
                .contains("[EMAIL]")
                .doesNotContain("ann", "example");
    }

    /** PROVIDERS 12.3: some services have an empty word in every event. */
    @Test
    void anEmptyFinishEndsNothing() {
        Flux<Chunk> chunks = Flux.just("to ann.lee@", "example.com now")
                .map(text -> event(
                        "{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":\"\"}", Mark.SEMANTIC))
                .concatWithValues(end(0));
        assertThat(String.join(
                        "",
                        deltas(guarded(chunks, Guards.of(Rule.PII, Action.REDACT))
                                .chunks())))
                .contains("[EMAIL]")
                .doesNotContain("ann", "example");
        StreamGuardTests own = new StreamGuardTests();
        Flux<Chunk> document = Flux.just("{\\\"a\\\"", ":1}")
                .map(text -> event(
                        "{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":\"\"}", Mark.SEMANTIC))
                .concatWithValues(end(0));
        StepVerifier.create(own.guarded(document, Guards.schema(Action.BLOCK, "{\"type\":\"object\"}"))
                        .chunks())
                .expectNextCount(3)
                .verifyComplete();
    }

    private static Chunk details(String text) {
        return delta(
                0, "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"" + text + "\",\"index\":0}]}");
    }

    @Test
    void reasoningThatComesOnlyInDetailsIsCounted() {
        Flux<Chunk> chunks = Flux.just(details("to " + MAIL), details(" now"), end(0));
        deltas(guarded(chunks, Guards.of(Rule.PII, Action.FLAG)).chunks());
        assertThat(exchange.trail().decisions().toString())
                .contains("\"type\":\"email\",\"action\":\"flag\",\"count\":1");
    }

    @Test
    void reasoningThatIsRepeatedInDetailsIsCountedOnce() {
        Flux<Chunk> chunks = Flux.just("to ann.lee@", "example.com now")
                .map(text -> delta(
                        0,
                        "{\"reasoning_details\":[{\"text\":\"" + text + "\",\"index\":0}],\"reasoning\":\"" + text
                                + "\"}"))
                .concatWithValues(end(0));
        for (GuardrailConfig config :
                List.of(Guards.of(Rule.PII, Action.FLAG), Guards.edit(Rule.PII, Edit.REASONING))) {
            StreamGuardTests own = new StreamGuardTests();
            deltas(own.guarded(chunks, config).chunks());
            assertThat(own.exchange.trail().decisions().toString())
                    .contains("\"type\":\"email\"", "\"count\":1,\"spans\":[{\"at\":\"choices[0].reasoning\"")
                    .doesNotContain("reasoning_details");
        }
    }
}
