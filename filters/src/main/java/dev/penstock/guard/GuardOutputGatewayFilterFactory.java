package dev.penstock.guard;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.KnownSecrets;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
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
        if (page.output().isEmpty()) {
            return rest.of(exchange);
        }
        Verdicts verdicts = new Verdicts(exchange, Phase.OUTPUT, page.output(), events);
        verdicts.skipped("there was no answer");
        verdicts.tell();
        return rest.of(exchange)
                .flatMap(answer -> answer instanceof Answer.Streamed stream
                        ? streamed(exchange, stream, page, verdicts)
                        : whole(exchange, (Answer.Whole) answer, page, verdicts));
    }

    private Mono<Answer> streamed(LlmExchange exchange, Answer.Streamed stream, Page page, Verdicts verdicts) {
        Texts texts = exchange.surface().texts();
        Answer.Streamed guarded = new StreamGuard(texts, page, verdicts).over(stream);
        if (!Moderation.any(page.output())) {
            return Mono.just(guarded);
        }
        verdicts.skipped("the stream ended before it");
        return Mono.deferContextual(context -> Mono.just(
                new StreamModeration(exchange, context, texts, moderation, page.output(), verdicts).over(guarded)));
    }

    private Mono<Answer> whole(LlmExchange exchange, Answer.Whole answer, Page page, Verdicts verdicts) {
        verdicts.skipped("the call ended before it");
        Reading reading = new Reading(page.answered(), verdicts);
        exchange.surface().texts().answered(answer.body(), reading);
        if (Documents.any(page.output())) {
            exchange.surface()
                    .texts()
                    .documents(answer.body())
                    .forEach(text -> Documents.check(page.output(), text, "the answer", verdicts));
        }
        verdicts.ran();
        verdicts.tell();
        verdicts.enforce();
        Answer told = reading.hasEdits() ? edited(exchange, answer, reading) : answer;
        if (!Moderation.any(page.output())) {
            return Mono.just(told);
        }
        return moderation
                .judge(exchange, page.output(), Moderation.said(reading), verdicts)
                .then(Mono.fromCallable(() -> {
                    verdicts.tell();
                    verdicts.enforce();
                    return told;
                }));
    }

    private static Answer edited(LlmExchange exchange, Answer.Whole answer, Reading reading) {
        ObjectNode copy = answer.body().deepCopy();
        exchange.surface().texts().answered(copy, reading.writer());
        return new Answer.Whole(copy);
    }
}
