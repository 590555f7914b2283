package dev.penstock.prompt;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.Answer;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.LlmFilter;
import dev.penstock.exchange.LlmGatewayFilterFactory;
import dev.penstock.exchange.Step;
import dev.penstock.prompt.kind.Kinds;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the kind's object of a model's answer: finds it, checks it, and puts the fallback in its place where it does not fit.
 *
 * <p>Errors of the rest pass: the fallback replaces answers, not outages. {@code x-penstock-strict: true} turns it into
 * {@code upstream_invalid}.
 */
public final class FitSchemaGatewayFilterFactory extends LlmGatewayFilterFactory<FitSchemaGatewayFilterFactory.Config> {

    private static final String STRICT = "x-penstock-strict";

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
        return (exchange, rest) -> Mono.defer(() -> {
            Rendered rendered = Rendered.of(exchange).orElseThrow(FitSchemaGatewayFilterFactory::nothingRendered);
            return rest.of(exchange).map(answer -> fitted(exchange, rendered, answer));
        });
    }

    private static Answer fitted(LlmExchange exchange, Rendered rendered, Answer answer) {
        if (!(answer instanceof Answer.Whole whole)) {
            throw new IllegalStateException("a content answer was streamed");
        }
        Fit fit = Fit.of(rendered, AnswerText.of(whole.body()));
        if (fit.answer() == null && isStrict(exchange)) {
            throw doesNotFit(rendered, fit);
        }
        exchange.trail()
                .decided(
                        Step.FIT_SCHEMA,
                        Json.object().put("fallback_used", fit.answer() == null).put("repaired", false));
        ObjectNode body = fit.answer() == null ? fallback(rendered) : fit.answer();
        body.set("metadata", Metadata.of(exchange, rendered, body).put("fallback_used", fit.answer() == null));
        return new Answer.Whole(body);
    }

    private static ObjectNode fallback(Rendered rendered) {
        ObjectNode fallback = rendered.kind().fallback(rendered.input());
        rendered.kind().violation(fallback, rendered.input()).ifPresent(wrong -> {
            throw new GatewayException(ErrorCode.UPSTREAM_INVALID, Told.NOTHING, "nor does the fallback fit: " + wrong);
        });
        return fallback;
    }

    private static boolean isStrict(LlmExchange exchange) {
        return exchange.header(STRICT).filter("true"::equalsIgnoreCase).isPresent();
    }

    private static GatewayException doesNotFit(Rendered rendered, Fit fit) {
        Told told = Told.of(
                "The model's answer does not fit kind '" + rendered.kind().name() + "': " + fit.problem() + ".");
        return new GatewayException(ErrorCode.UPSTREAM_INVALID, told);
    }

    private static IllegalStateException nothingRendered() {
        return new IllegalStateException("FitSchema without a content kind (expected: ParseContent and RenderPrompt)");
    }
}
