package dev.penstock.routes.check;

import dev.penstock.budget.WhenUnknown;
import dev.penstock.limit.bucket.WhenAway;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a control does while its store does not answer; what is embedded is never away.
 *
 * @param audit has no other position: what cannot be recorded is not sent
 */
public record DegradedConfig(
        @DefaultValue("local-share") WhenAway limits,
        @DefaultValue("closed") WhenUnknown budgets,
        @DefaultValue("closed") Audit audit) {

    public enum Audit {
        CLOSED
    }
}
