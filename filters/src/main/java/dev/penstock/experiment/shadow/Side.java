package dev.penstock.experiment.shadow;

import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import dev.penstock.exchange.Attempt;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Step;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one of the two calls came to.
 *
 * @param outcome {@code ok}, {@code cancelled} or an error code
 */
record Side(LlmExchange exchange, String outcome, String text) {

    ObjectNode tree() {
        ObjectNode tree = Json.object().put("call", exchange.callId()).put("outcome", outcome);
        exchange.trail()
                .served()
                .ifPresent(served -> tree.put("provider", served.provider()).put("model", served.answeredModel()));
        tree.put("ms", ms()).put("output_tokens", output()).put("cost_nano_usd", cost());
        tree.put("characters", characters());
        Optional.ofNullable(exchange.trail().decisions().get(Step.FIT_SCHEMA))
                .ifPresent(fit ->
                        tree.put("fallback_used", fit.path("fallback_used").asBoolean(false)));
        return tree;
    }

    /** Of the attempt that answered, from its beginning to its end. */
    long ms() {
        return exchange.trail()
                .served()
                .flatMap(Attempt::end)
                .map(Attempt.End::took)
                .map(Duration::toMillis)
                .orElse(0L);
    }

    /** In code points. */
    long characters() {
        return text.codePointCount(0, text.length());
    }

    long output() {
        return exchange.trail().usage().map(Usage::output).orElse(0L);
    }

    long cost() {
        return exchange.trail().nanoUsd();
    }
}
