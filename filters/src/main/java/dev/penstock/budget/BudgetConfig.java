package dev.penstock.budget;

import java.time.ZoneId;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A {@code budget:} of a service, key, team, provider, or of all.
 *
 * @param daily of a calendar day in {@code zone}; empty for none
 * @param monthly of a calendar month there
 * @param soft per cent of a limit that are told once a window
 * @param onInsufficient when the most that a call can cost does not fit any more
 * @param lost what a call is charged whose end nobody saw, since the process ended first
 * @param minOutput tokens: output is not clamped below
 */
public record BudgetConfig(
        @DefaultValue("") Money daily,
        @DefaultValue("") Money monthly,
        @DefaultValue("UTC") ZoneId zone,
        @DefaultValue({"50", "80", "95"}) List<Integer> soft,
        @DefaultValue("reject") OnInsufficient onInsufficient,
        @DefaultValue("charge-reserved") Lost lost,
        @DefaultValue("16") int minOutput) {

    public enum OnInsufficient {
        REJECT,
        /** Lower the output cap to what fits. */
        CLAMP_OUTPUT
    }

    public enum Lost {
        /** All that was held: never too little. */
        CHARGE_RESERVED,
        /** Nothing. */
        RELEASE
    }
}
