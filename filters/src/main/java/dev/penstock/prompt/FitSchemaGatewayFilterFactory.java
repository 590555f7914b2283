package dev.penstock.prompt;

import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Step;
import dev.penstock.prompt.kind.Kinds;

/**
 * Makes the kind's object of a model's answer: finds it, checks it, asks once more where it does not fit, and puts the fallback in
 * its place where that does not either.
 *
 * <p>Errors of the first call pass: the fallback replaces answers, not outages. {@code x-penstock-strict: true} turns it into
 * {@code upstream_invalid}.
 */
public final class FitSchemaGatewayFilterFactory extends LlmGatewayFilterFactory<FitSchemaGatewayFilterFactory.Config> {

    /** Nothing to configure per route. */
    public record Config() {}

    private final Kinds kinds;

    public FitSchemaGatewayFilterFactory(Kinds kinds) {
        super(Step.FIT_SCHEMA, Config.class);
        this.kinds = kinds;
    }

    /** Reads the kinds, so that what is wrong with them stops the start and not the first request. */
    @Override
    protected LlmFilter create(Config config) {
        kinds.require();
        return (exchange, rest) -> {
            Rendered rendered = Rendered.of(exchange).orElseThrow(FitSchemaGatewayFilterFactory::nothingRendered);
            return new Fitting(exchange, rendered, rest).answer();
        };
    }

    private static IllegalStateException nothingRendered() {
        return new IllegalStateException("FitSchema without a content kind (expected: ParseContent and RenderPrompt)");
    }
}
