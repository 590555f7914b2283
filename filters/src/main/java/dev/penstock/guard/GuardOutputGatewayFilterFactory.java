package dev.penstock.guard;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.KnownSecrets;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Step;
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

    GuardOutputGatewayFilterFactory(GuardEvents events, KnownSecrets secrets) {
        super(Step.GUARD_OUTPUT, Config.class);
        this.events = events;
        this.secrets = secrets;
    }

    @Override
    protected LlmFilter create(Config config) {
        return (exchange, rest) -> Mono.defer(() -> guarded(exchange, rest));
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
                .map(answer -> answer instanceof Answer.Streamed stream
                        ? new StreamGuard(exchange.surface().texts(), page, verdicts).over(stream)
                        : whole(exchange, (Answer.Whole) answer, page, verdicts));
    }

    private static Answer whole(LlmExchange exchange, Answer.Whole answer, Page page, Verdicts verdicts) {
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
        if (!reading.hasEdits()) {
            return answer;
        }
        ObjectNode copy = answer.body().deepCopy();
        exchange.surface().texts().answered(copy, reading.writer());
        return new Answer.Whole(copy);
    }
}
