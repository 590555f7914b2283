package dev.penstock.guard;

import dev.penstock.core.Asked;
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

/** Looks at everything that is asked before it leaves, and at nothing but texts; what it lets pass is {@link Fact#CLEARED}. */
public final class GuardInputGatewayFilterFactory
        extends LlmGatewayFilterFactory<GuardInputGatewayFilterFactory.Config> {

    /** Nothing to configure per route; guardrails stand at services and teams. */
    public record Config() {}

    private final GuardEvents events;
    private final KnownSecrets secrets;

    GuardInputGatewayFilterFactory(GuardEvents events, KnownSecrets secrets) {
        super(Step.GUARD_INPUT, Config.class);
        this.events = events;
        this.secrets = secrets;
    }

    @Override
    protected LlmFilter create(Config config) {
        return (exchange, rest) -> Mono.defer(() -> guarded(exchange, rest));
    }

    private Mono<Answer> guarded(LlmExchange exchange, Rest rest) {
        Page page = GuardBook.of(exchange.settings(), secrets.all()).of(exchange.get(Fact.CALLER));
        Asked asked = exchange.get(Fact.PROMPTED);
        exchange.put(Fact.CLEARED, page.input().isEmpty() ? asked : cleared(exchange, asked, page));
        return rest.of(exchange);
    }

    private Asked cleared(LlmExchange exchange, Asked asked, Page page) {
        Verdicts verdicts = new Verdicts(exchange, Phase.INPUT, page.input(), events);
        Reading reading = new Reading(page.asked(), verdicts);
        visit(exchange, asked, reading);
        if (Documents.any(page.input())) {
            Documents.check(page.input(), reading.lastMessage(), "the last message", verdicts);
        }
        verdicts.ran();
        verdicts.tell();
        verdicts.enforce();
        return reading.hasEdits() ? edited(exchange, asked, reading) : asked;
    }

    private static void visit(LlmExchange exchange, Asked asked, Reading reading) {
        if (asked.dialect().isEmpty()) {
            HubTexts.visited(asked.hub(), reading);
        } else {
            exchange.surface().texts().asked(asked.body(), reading);
        }
    }

    private static Asked edited(LlmExchange exchange, Asked asked, Reading reading) {
        if (asked.dialect().isEmpty()) {
            return asked.with(HubTexts.visited(asked.hub(), reading.writer()));
        }
        ObjectNode copy = asked.body().deepCopy();
        exchange.surface().texts().asked(copy, reading.writer());
        return asked.with(copy);
    }
}
