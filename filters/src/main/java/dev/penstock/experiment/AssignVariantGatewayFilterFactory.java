package dev.penstock.experiment;

import dev.penstock.exchange.Answer;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Rest;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Variant;
import dev.penstock.experiment.shadow.Shadowing;
import dev.penstock.prompt.kind.Kinds;
import reactor.core.publisher.Mono;

/** Decides which arm of an experiment a request is in, whether the rollout lets it leave for a real provider, and
 * whether a copy of it follows. */
public final class AssignVariantGatewayFilterFactory
        extends LlmGatewayFilterFactory<AssignVariantGatewayFilterFactory.Config> {

    /** Nothing to configure per route; {@code experiments:} and {@code rollout:} say what holds. */
    public record Config() {}

    private final Kinds kinds;
    private final Shadowing shadowing;

    AssignVariantGatewayFilterFactory(Kinds kinds, Shadowing shadowing) {
        super(Step.ASSIGN_VARIANT, Config.class);
        this.kinds = kinds;
        this.shadowing = shadowing;
    }

    @Override
    protected LlmFilter create(Config config) {
        return this::assigned;
    }

    private Mono<Answer> assigned(LlmExchange exchange, Rest rest) {
        Tags tags = Tags.of(exchange);
        if (tags.others()) {
            exchange.trail().ignore(Tags.HEADER);
        }
        Experiments experiments = Experiments.of(exchange.settings());
        exchange.put(Fact.VARIANT, experiments.none() ? Variant.NONE : variant(exchange, tags, experiments));
        return shadowing.follow(exchange, rest.of(exchange));
    }

    private Variant variant(LlmExchange exchange, Tags tags, Experiments experiments) {
        Assignment assignment = new Assignment(Request.of(exchange, tags), experiments, kinds);
        Variant variant = assignment.variant();
        if (!assignment.decision().isEmpty()) {
            exchange.trail().decided(Step.ASSIGN_VARIANT, assignment.decision());
        }
        return variant;
    }
}
