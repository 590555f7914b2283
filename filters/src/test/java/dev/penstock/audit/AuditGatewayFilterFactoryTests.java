package dev.penstock.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.Chunk;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import dev.penstock.core.Told;
import dev.penstock.core.Turn;
import dev.penstock.core.Usage;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.Cost;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.Question;
import dev.penstock.exchange.Step;
import dev.penstock.testing.Exchanges;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link AuditGatewayFilterFactory}. */
class AuditGatewayFilterFactoryTests {

    private static final String CANARY = "the-prompt-nobody-may-see";
    private static final byte[] BODY = ("{\"messages\":\"" + CANARY + "\"}").getBytes(StandardCharsets.UTF_8);
    private static final Clock CLOCK = Clock.fixed(Exchanges.BEGAN, ZoneOffset.UTC);

    private final Shelf shelf = new Shelf();
    private final AuditLog log = new AuditLog(shelf, CLOCK);
    private final Refusals refusals = new Refusals(log, CLOCK);

    @Test
    void anAttemptLeavesWhenItsIntentIsDurable() {
        shelf.slow();
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        StepVerifier.create(step(exchange, leaving(exchange, attempt(exchange)).then(answer())))
                .then(() -> assertThat(shelf.records()).isEmpty())
                .then(shelf::force)
                .expectNextCount(1)
                .verifyComplete();
        assertThat(shelf.types()).containsExactly("intent", "outcome");
        assertThat(shelf.awaited("intent")).containsExactly(true);
        assertThat(shelf.awaited("outcome")).containsExactly(false);
    }

    @Test
    void anIntentSaysWhoSendsWhatToWhomAndNoWordOfIt() {
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        exchange.trail().decided(Step.BUDGET, Json.object().put("rid", "r-1"));
        run(exchange, leaving(exchange, attempt(exchange)).then(answer()));
        ObjectNode intent = shelf.only("intent");
        assertThat(intent.path("who").path("service").stringValue()).isEqualTo("billing");
        assertThat(intent.path("who").path("team").stringValue()).isEqualTo("finance");
        assertThat(intent.path("target").path("provider").stringValue()).isEqualTo("openai");
        assertThat(intent.path("sent").path("bytes").asInt()).isEqualTo(BODY.length);
        assertThat(intent.path("sent").path("hmac").stringValue()).hasSize(64);
        assertThat(intent.path("decisions").path("Budget").path("rid").stringValue())
                .isEqualTo("r-1");
        assertThat(intent.path("what").path("parameters").path("temperature").asDouble())
                .isEqualTo(0.5);
        assertThat(intent.path("what").path("tools").get(0).stringValue()).isEqualTo("look_up");
        assertThat(shelf.records().toString()).doesNotContain(CANARY);
    }

    /** Such as one that another thread makes ready while the caller leaves: nothing would close its intent. */
    @Test
    void whenTheCallIsOverNoAttemptLeaves() {
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        run(exchange, leaving(exchange, attempt(exchange)).then(answer()));
        StepVerifier.create(leaving(exchange, attempt(exchange))).verifyError(GatewayException.class);
        assertThat(shelf.types()).containsExactly("intent", "outcome");
    }

    @Test
    void singleTextsAreFoundByTheirHashesWhateverIsAroundThem() {
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        run(exchange, leaving(exchange, attempt(exchange)).then(answer()));
        String hash = TextHash.with(new byte[32]).of("\n" + CANARY + " \r\n");
        assertThat(texts(shelf.only("intent").path("sent").path("texts"))).containsExactly(hash);
        assertThat(texts(shelf.only("outcome").path("answer").path("texts"))).containsExactly(hash);
    }

    @Test
    void ofALongConversationTheSystemsTextAndTheLastEightStandInTheRecord() {
        ObjectNode body = Json.object();
        ArrayNode messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", "the text of the system");
        for (int i = 0; i < 11; i++) {
            messages.addObject().put("role", "user").put("content", "the text of the turn " + i);
        }
        messages.addObject().put("role", "user").put("content", "too short");
        Asked asked = Asked.in("openai", "default", body, Set.of(), false, read -> null);
        ObjectNode record = Json.object();
        TextHash hash = TextHash.with(new byte[32]);
        SaidTexts.sent(exchange(AuditConfig.Mode.STRICT).surface().texts(), asked, asked)
                .describe(hash, record);
        assertThat(texts(record.path("texts")))
                .hasSize(9)
                .startsWith(hash.of("the text of the system"), hash.of("the text of the turn 3"))
                .endsWith(hash.of("the text of the turn 10"));
        assertThat(record.path("texts_more").asInt()).isEqualTo(3);
    }

    @Test
    void aFieldIsSaidWhereItStandsInThePromptAndNotWhereAGuardChangedIt() {
        ObjectNode fields = Json.object();
        fields.put("headline", "a headline of a card");
        fields.putObject("author").put("mail", "somebody@example.org");
        ChatRequest prompt = ChatRequest.of(
                List.of(Turn.of(Turn.Role.USER, new Part.Text("Write: a headline of a card, by [EMAIL]"))),
                null,
                ChatRequest.Sampling.DEFAULT);
        ObjectNode record = Json.object();
        TextHash hash = TextHash.with(new byte[32]);
        SaidTexts.sent(
                        exchange(AuditConfig.Mode.STRICT).surface().texts(),
                        Asked.content("", fields, false),
                        Asked.rendered("", fields, Set.of(), prompt))
                .describe(hash, record);
        assertThat(texts(record.path("texts")))
                .containsExactly(hash.of("a headline of a card"), hash.of("Write: a headline of a card, by [EMAIL]"));
    }

    @Test
    void withoutAnIntentNothingLeaves() {
        shelf.broken(true);
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        StepVerifier.create(step(exchange, leaving(exchange, attempt(exchange)).then(answer())))
                .verifyErrorSatisfies(failure ->
                        assertThat(((GatewayException) failure).code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE));
        assertThat(shelf.records()).isEmpty();
    }

    @Test
    void whatIsMissingIsRecordedWhenRecordsCanBeWrittenAgain() {
        shelf.broken(true);
        LlmExchange first = exchange(AuditConfig.Mode.BEST_EFFORT);
        run(first, leaving(first, attempt(first)).then(answer()));
        shelf.broken(false);
        LlmExchange second = exchange(AuditConfig.Mode.BEST_EFFORT);
        run(second, leaving(second, attempt(second)).then(answer()));
        assertThat(shelf.types()).containsExactly("intent", "gap", "outcome");
        assertThat(shelf.only("gap").path("missing").asInt()).isEqualTo(2);
    }

    @Test
    void anOutcomeNamesEveryIntentAndTellsEveryAttempt() {
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        Attempt first = attempt(exchange);
        Attempt second = attempt(exchange);
        run(
                exchange,
                leaving(exchange, first)
                        .then(Mono.<Void>fromRunnable(() -> first.ended(
                                new Attempt.End(Attempt.Reason.UNAVAILABLE, 503, Duration.ofMillis(3), null))))
                        .then(leaving(exchange, second))
                        .then(served(exchange, second)));
        ObjectNode outcome = shelf.only("outcome");
        String call = exchange.callId();
        assertThat(texts(outcome.path("intents"))).containsExactly(call + "#1", call + "#2");
        assertThat(outcome.path("outcome").stringValue()).isEqualTo("ok");
        assertThat(outcome.path("attempts").get(0).path("reason").stringValue()).isEqualTo("unavailable");
        assertThat(outcome.path("attempts").get(1).path("cost_nano_usd").asLong())
                .isEqualTo(7);
        assertThat(outcome.path("cost_nano_usd").asLong()).isEqualTo(7);
        assertThat(outcome.path("usage").path("output").asLong()).isEqualTo(3);
        assertThat(outcome.path("answer").path("hmac").stringValue()).hasSize(64);
    }

    @Test
    void aFailureIsAnOutcomeWithItsCode() {
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        GatewayException broke = new GatewayException(ErrorCode.UPSTREAM_TIMEOUT, Told.NOTHING);
        StepVerifier.create(step(exchange, leaving(exchange, attempt(exchange)).then(Mono.error(broke))))
                .verifyErrorMatches(broke::equals);
        assertThat(shelf.only("outcome").path("outcome").stringValue()).isEqualTo("upstream_timeout");
        assertThat(shelf.only("outcome").path("status").asInt()).isEqualTo(504);
    }

    @Test
    void aCallerWhoLeavesInMidStreamIsAnOutcomeToo() {
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        Answer.Streamed endless = Answer.Streamed.of(Flux.<Chunk>never().startWith(chunk()), () -> {});
        Flux<Chunk> read = step(exchange, leaving(exchange, attempt(exchange)).then(Mono.just(endless)))
                .flatMapMany(answer -> ((Answer.Streamed) answer).chunks());
        StepVerifier.create(read).expectNextCount(1).thenCancel().verify();
        ObjectNode outcome = shelf.only("outcome");
        assertThat(outcome.path("outcome").stringValue()).isEqualTo("cancelled");
        assertThat(outcome.path("client_disconnected").asBoolean()).isTrue();
        assertThat(outcome.path("answer").path("bytes").asInt()).isEqualTo(2);
    }

    @Test
    void aCallerWhoLeavesWhileTheIntentIsOnItsWayIsNamedByIt() {
        shelf.slow();
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        StepVerifier.create(step(exchange, leaving(exchange, attempt(exchange)).then(answer())))
                .then(() -> {})
                .thenCancel()
                .verify();
        assertThat(shelf.records()).isEmpty();
        shelf.force();
        assertThat(shelf.types()).containsExactly("intent", "outcome");
        assertThat(texts(shelf.only("outcome").path("intents"))).containsExactly(exchange.callId() + "#1");
    }

    @Test
    void anIntentThatDidNotLandIsNotNamed() {
        shelf.slow();
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        StepVerifier.create(step(exchange, leaving(exchange, attempt(exchange)).then(answer())))
                .then(() -> {})
                .thenCancel()
                .verify();
        shelf.broken(true);
        shelf.force();
        assertThat(shelf.records()).isEmpty();
    }

    @Test
    void aRequestThatNeverLeftIsARefusal() {
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        GatewayException refused = GatewayException.invalid("temperature", "is a string", "a number");
        StepVerifier.create(step(exchange, Mono.error(refused))).verifyErrorMatches(refused::equals);
        ObjectNode refusal = shelf.only("refusal");
        assertThat(refusal.path("outcome").stringValue()).isEqualTo("request_invalid");
        assertThat(refusal.path("param").stringValue()).isEqualTo("temperature");
    }

    @Test
    void anAnswerWaitsForItsRecordWhereThatIsConfigured() {
        Sinks.One<Answer> answer = Sinks.one();
        AuditConfig await = new AuditConfig(
                AuditConfig.Content.NONE,
                AuditConfig.Completion.AWAIT,
                AuditConfig.Mode.STRICT,
                new CheckpointsConfig(""),
                java.time.Duration.ofDays(400),
                java.util.List.of());
        LlmExchange exchange = exchange(await);
        StepVerifier.create(step(exchange, leaving(exchange, attempt(exchange)).then(answer.asMono())))
                .then(shelf::slow)
                .then(() -> answer.tryEmitValue(new Answer.Whole(Json.object())))
                .expectNoEvent(Duration.ofMillis(1))
                .then(shelf::force)
                .expectNextCount(1)
                .verifyComplete();
        assertThat(shelf.only("outcome").path("answer").has("hmac")).isFalse();
        assertThat(shelf.awaited("outcome")).containsExactly(true);
    }

    @Test
    void withAuditOffOnlyWhatABudgetHoldsIsRecorded() {
        LlmExchange exchange = exchange(AuditConfig.Mode.OFF);
        run(exchange, leaving(exchange, attempt(exchange)).then(answer()));
        assertThat(shelf.records()).isEmpty();
        LlmExchange held = exchange(AuditConfig.Mode.OFF);
        held.trail().decided(Step.BUDGET, Json.object().put("rid", "r-2"));
        run(held, leaving(held, attempt(held)).then(answer()));
        assertThat(shelf.types()).containsExactly("intent", "outcome");
        assertThat(shelf.only("intent").has("who")).isFalse();
    }

    @Test
    void aQuestionLeavesWhenItsRecordIsDurable() {
        shelf.slow();
        LlmExchange exchange = exchange(AuditConfig.Mode.STRICT);
        StepVerifier.create(step(exchange, asking(exchange).then(answer())))
                .then(() -> assertThat(shelf.records()).isEmpty())
                .then(shelf::force)
                .expectNextCount(1)
                .verifyComplete();
        ObjectNode question = shelf.only("question");
        assertThat(question.path("call").stringValue()).isEqualTo(exchange.callId());
        assertThat(question.path("who").path("service").stringValue()).isEqualTo("billing");
        assertThat(question.path("target").toString())
                .isEqualTo("{\"provider\":\"judge\",\"key\":\"main\",\"path\":\"/moderations\"}");
        assertThat(question.path("sent").path("bytes").asInt()).isEqualTo(BODY.length);
        assertThat(question.path("sent").path("hmac").stringValue()).hasSize(64);
        assertThat(shelf.records().toString()).doesNotContain(CANARY);
    }

    @Test
    void withoutARecordAQuestionLeavesOnlyWhereThatIsConfigured() {
        shelf.broken(true);
        LlmExchange strict = exchange(AuditConfig.Mode.STRICT);
        StepVerifier.create(step(strict, asking(strict).then(answer())))
                .verifyErrorSatisfies(failure ->
                        assertThat(((GatewayException) failure).code()).isEqualTo(ErrorCode.AUDIT_UNAVAILABLE));
        LlmExchange lenient = exchange(AuditConfig.Mode.BEST_EFFORT);
        StepVerifier.create(step(lenient, asking(lenient).then(answer())))
                .then(() -> shelf.broken(false))
                .expectNextCount(1)
                .verifyComplete();
        LlmExchange off = exchange(AuditConfig.Mode.OFF);
        run(off, asking(off).then(answer()));
        assertThat(shelf.types()).doesNotContain("question");
    }

    private static Mono<Void> asking(LlmExchange exchange) {
        return Mono.defer(() -> exchange.gates().asking(new Question("judge", "main", "/moderations", ""), BODY));
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    private static Attempt attempt(LlmExchange exchange) {
        Attempt attempt = new Attempt("openai", "gpt", Exchanges.BEGAN);
        exchange.trail().add(attempt);
        return attempt;
    }

    private static Mono<Void> leaving(LlmExchange exchange, Attempt attempt) {

        return Mono.defer(() -> exchange.gates()
                .before(attempt, exchange.get(Fact.PROMPTED))
                .then(exchange.gates().leaving(attempt, BODY))
                .doOnSuccess(done -> attempt.leaves()));
    }

    private static Mono<Answer> answer() {
        return Mono.fromSupplier(() -> new Answer.Whole(Json.object().put("text", CANARY)));
    }

    private static Mono<Answer> served(LlmExchange exchange, Attempt attempt) {
        return Mono.fromSupplier(() -> {
            attempt.used(Usage.reported(12, 3));
            attempt.costs(new Cost(7, "p-1"));
            attempt.ended(new Attempt.End(Attempt.Reason.OK, 200, Duration.ofMillis(5), null));
            exchange.trail().served(attempt);
            return new Answer.Whole(Json.object());
        });
    }

    private static Chunk chunk() {
        return new Chunk("", "{}".getBytes(StandardCharsets.UTF_8), Chunk.Mark.SEMANTIC);
    }

    private void run(LlmExchange exchange, Mono<Answer> rest) {
        StepVerifier.create(step(exchange, rest)).expectNextCount(1).verifyComplete();
    }

    private Mono<Answer> step(LlmExchange exchange, Mono<Answer> rest) {
        TextHash hash = TextHash.with(new byte[32]);
        CallRecords records = new CallRecords(hash, CLOCK, exchange::beganNanos);
        LlmFilter step = new AuditGatewayFilterFactory(records, log, refusals, new CallContents(null), hash)
                .create(new AuditGatewayFilterFactory.Config());
        return step.filter(exchange, ignored -> rest);
    }

    private static LlmExchange exchange(AuditConfig.Mode mode) {
        return exchange(new AuditConfig(
                AuditConfig.Content.REDACTED,
                AuditConfig.Completion.ASYNC,
                mode,
                new CheckpointsConfig(""),
                java.time.Duration.ofDays(400),
                java.util.List.of()));
    }

    private static LlmExchange exchange(AuditConfig config) {
        LlmExchange exchange =
                Exchanges.of(MockServerHttpRequest.post("/v1/chat/completions").build(), config);
        ObjectNode body = (ObjectNode) Json.LENIENT_DEPTH.read("{\"temperature\":0.5,\"user\":\"" + CANARY
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + CANARY
                + "\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look_up\"}}]}");
        exchange.put(Fact.CALLER, new Caller("billing", "finance", "k1", List.of("*")));
        exchange.put(Fact.ASKED, Asked.in("openai", "default", body, Set.of(), false, read -> null));
        return exchange;
    }
}
