package dev.penstock.experiment.shadow;

import dev.penstock.exchange.Chain;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The steps that a copy takes: records, limits of its provider, budget, usage and the call; for content its answer is made to fit
 * too. Thread-safe.
 */
public final class CopySteps implements Function<LlmExchange, Chain> {

    private static final Set<Step> CHAT =
            EnumSet.of(Step.AUDIT, Step.RATE_LIMIT, Step.BUDGET, Step.METER_USAGE, Step.CALL_UPSTREAM);

    private final Supplier<Stream<LlmGatewayFilterFactory<?>>> factories;
    private final Map<Boolean, Chain> chains = new ConcurrentHashMap<>();

    public CopySteps(Supplier<Stream<LlmGatewayFilterFactory<?>>> factories) {
        this.factories = factories;
    }

    @Override
    public Chain apply(LlmExchange exchange) {
        boolean content = exchange.get(Fact.ASKED).dialect().isEmpty();
        return chains.computeIfAbsent(content, this::chain);
    }

    private Chain chain(boolean content) {
        Set<Step> steps = EnumSet.copyOf(CHAT);
        if (content) {
            steps.add(Step.FIT_SCHEMA);
        }
        List<LlmGatewayFilterFactory<?>> all = factories.get().toList();
        return new Chain(all, steps);
    }
}
