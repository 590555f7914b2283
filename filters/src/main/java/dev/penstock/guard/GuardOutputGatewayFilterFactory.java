package dev.penstock.guard;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.KnownSecrets;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Over;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Texts;
import dev.penstock.guard.GuardBook.Page;
import dev.penstock.guard.GuardrailConfig.Phase;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Looks at every answer on its way back, whole or as it streams. */
public final class GuardOutputGatewayFilterFactory
        extends LlmGatewayFilterFactory<GuardOutputGatewayFilterFactory.Config> {

    /** Nothing to configure per route; guardrails stand at services and teams. */
    public record Config() {}

    private final GuardEvents events;
    private final KnownSecrets secrets;
    private final Moderation moderation;

    GuardOutputGatewayFilterFactory(GuardEvents events, KnownSecrets secrets, Moderation moderation) {
        super(Step.GUARD_OUTPUT, Config.class);
        this.events = events;
        this.secrets = secrets;
        this.moderation = moderation;
    }

    @Override
    protected LlmFilter create(Config config) {
        return this::guarded;
    }

    private Mono<Answer> guarded(LlmExchange exchange, Rest rest) {
        Page page = GuardBook.of(exchange.settings(), secrets.all()).of(exchange.get(Fact.CALLER));
        if (page.output().controls().isEmpty()) {
            return rest.of(exchange);
        }
        Verdicts verdicts = new Verdicts(exchange, Phase.OUTPUT, page.output(), events);
        verdicts.skipped("there was no answer");
        verdicts.tell();
        Mono<Answer> answered = rest.of(exchange);
        return page.output().asks()
                ? answered.flatMap(answer -> answer instanceof Answer.Streamed stream
                        ? judged(exchange, stream, page, verdicts)
                        : judged(exchange, (Answer.Whole) answer, page, verdicts))
                : Over.change(
                        answered,
                        answer -> answer instanceof Answer.Streamed stream
                                ? guarded(exchange, stream, page, verdicts)
                                : guarded(exchange, (Answer.Whole) answer, page, verdicts),
                        over -> {});
    }

    private static Answer.Streamed guarded(LlmExchange exchange, Answer.Streamed stream, Page page, Verdicts verdicts) {
        return new StreamGuard(exchange.surface().texts(), page, verdicts).over(stream);
    }

    private Mono<Answer> judged(LlmExchange exchange, Answer.Streamed stream, Page page, Verdicts verdicts) {
        Answer.Streamed guarded = guarded(exchange, stream, page, verdicts);
        verdicts.skipped("the stream ended before it");
        Texts texts = exchange.surface().texts();
        return Mono.deferContextual(context -> Mono.just(new StreamModeration(
                        exchange, context, texts, moderation, page.output().controls(), verdicts)
                .over(guarded)));
    }

    private static Answer guarded(LlmExchange exchange, Answer.Whole answer, Page page, Verdicts verdicts) {
        Reading reading = read(exchange, answer, page, verdicts);
        return reading.hasEdits() ? edited(exchange, answer, reading) : answer;
    }

    private Mono<Answer> judged(LlmExchange exchange, Answer.Whole answer, Page page, Verdicts verdicts) {
        Reading reading = read(exchange, answer, page, verdicts);
        Answer told = reading.hasEdits() ? edited(exchange, answer, reading) : answer;
        return moderation
                .judge(exchange, page.output().controls(), Moderation.said(reading), verdicts)
                .then(Mono.fromCallable(() -> {
                    verdicts.tell();
                    verdicts.enforce();
                    return told;
                }));
    }

    /** Refuses by what the gateway finds itself, before anybody else is asked. */
    private static Reading read(LlmExchange exchange, Answer.Whole answer, Page page, Verdicts verdicts) {
        verdicts.skipped("the call ended before it");
        Reading reading = new Reading(page.answered(), verdicts, page.output().asks());
        exchange.surface().texts().answered(answer.body(), reading);
        if (page.output().checksWhole()) {
            exchange.surface()
                    .texts()
                    .documents(answer.body())
                    .forEach(text -> Documents.check(page.output(), text, "the answer", verdicts));
        }
        verdicts.ran();
        verdicts.tell();
        verdicts.enforce();
        return reading;
    }

    private static Answer edited(LlmExchange exchange, Answer.Whole answer, Reading reading) {
        ObjectNode copy = answer.body().deepCopy();
        exchange.surface().texts().answered(copy, reading.writer());
        return new Answer.Whole(copy);
    }
}
