package dev.penstock.upstream;

import dev.penstock.budget.BudgetConfig;
import dev.penstock.exchange.Later;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One entry of {@code models:}, a name that callers ask for.
 *
 * @param maxOutput the output cap that a budget writes into requests that have none, in tokens
 * @param shadow another target that gets a copy of some calls, after their answer
 * @param failover false tries only the first target that can serve the request
 */
public record ModelConfig(
        @DefaultValue("priority") Strategy strategy,
        @DefaultValue("true") boolean failover,
        @DefaultValue("4096") int maxOutput,
        Optional<ShadowConfig> shadow,
        List<TargetConfig> targets) {

    /**
     * A copy of calls, to compare.
     *
     * @param to a target, as {@code provider/model}
     * @param share of the calls, in per cent
     * @param budget what the copies may cost; nobody else's is charged for them
     */
    public record ShadowConfig(String to, @DefaultValue("0") double share, Optional<BudgetConfig> budget) {

        public String provider() {
            return to.substring(0, Math.max(0, to.indexOf('/')));
        }

        public String model() {
            return to.substring(to.indexOf('/') + 1);
        }
    }

    /** How targets are ordered. */
    @Later({"weighted", "least-latency", "cheapest"})
    public enum Strategy {
        PRIORITY
    }

    /**
     * One provider model behind the name.
     *
     * @param priority lower is tried earlier; equal ones in the file's order
     */
    @Later("weight")
    public record TargetConfig(
            String provider,
            String model,
            @DefaultValue("1") int priority) {}
}
