package dev.penstock.limit;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Step;
import dev.penstock.limit.bucket.Level;
import dev.penstock.limit.bucket.Rule;
import dev.penstock.limit.bucket.Rule.Measure;
import dev.penstock.limit.bucket.Taking.Refused;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a limit that refused: to the caller, and to the record. */
final class Refusal {

    private Refusal() {}

    static GatewayException of(Refused refused) {
        Level level = refused.by();
        Rule rule = level.rule();
        Told told = Told.of(rule.owner() + " allows " + rule.words() + " by "
                        + rule.by().wire() + ", and " + level.remaining() + " are left; see Retry-After.")
                .after(refused.comeBack())
                .with("scope", rule.owner())
                .with("by", rule.by().wire())
                .with("measure", rule.of().wire())
                .with("limit", rule.limit())
                .with("remaining", level.remaining());
        return new GatewayException(
                ErrorCode.RATE_EXCEEDED,
                rule.of() == Measure.CONCURRENT ? told : told.with("per", Rule.span(rule.per())));
    }

    static void record(LlmExchange exchange, Refused refused) {
        Rule rule = refused.by().rule();
        ObjectNode decision = Json.object();
        decision.put("refused", rule.words())
                .put("scope", rule.owner())
                .put("by", rule.by().wire())
                .put("subject", refused.by().subject())
                .put("remaining", refused.by().remaining());
        exchange.trail().decided(Step.RATE_LIMIT, decision);
    }
}
