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
    private final Moderation moderation;

    GuardInputGatewayFilterFactory(GuardEvents events, KnownSecrets secrets, Moderation moderation) {
        super(Step.GUARD_INPUT, Config.class);
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
        Asked asked = exchange.get(Fact.PROMPTED);
        if (page.input().controls().isEmpty()) {
            exchange.put(Fact.CLEARED, asked);
            return rest.of(exchange);
        }
        Verdicts verdicts = new Verdicts(exchange, Phase.INPUT, page.input(), events);
        Reading reading = read(exchange, asked, page, verdicts);
        Asked cleared = reading.hasEdits() ? edited(exchange, asked, reading) : asked;
        if (!page.input().asks()) {
            exchange.put(Fact.CLEARED, cleared);
            return rest.of(exchange);
        }
        return moderation
                .judge(exchange, page.input().controls(), Moderation.said(reading), verdicts)
                .then(Mono.defer(() -> {
                    verdicts.tell();
                    verdicts.enforce();
                    exchange.put(Fact.CLEARED, cleared);
                    return rest.of(exchange);
                }));
    }

    /** Refuses by what the gateway finds itself, before anybody else is asked. */
    private static Reading read(LlmExchange exchange, Asked asked, Page page, Verdicts verdicts) {
        verdicts.skipped("the call ended before it");
        Reading reading = new Reading(page.asked(), verdicts, page.input().asks());
        visit(exchange, asked, reading);
        if (page.input().checksWhole()) {
            Documents.check(page.input(), lastMessage(exchange, asked), "the last message", verdicts);
        }
        verdicts.ran();
        verdicts.tell();
        verdicts.enforce();
        return reading;
    }

    private static void visit(LlmExchange exchange, Asked asked, Reading reading) {
        if (asked.dialect().isEmpty()) {
            HubTexts.visited(asked.hub(), reading);
        } else {
            exchange.surface().texts().asked(asked.body(), reading);
        }
    }

    private static String lastMessage(LlmExchange exchange, Asked asked) {
        return asked.dialect().isEmpty()
                ? HubTexts.last(asked.hub())
                : exchange.surface().texts().lastAsked(asked.body());
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
