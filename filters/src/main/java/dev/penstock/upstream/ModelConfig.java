package dev.penstock.upstream;

import dev.penstock.exchange.Later;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One entry of {@code models:}, a name that callers ask for.
 *
 * @param maxOutput the output cap that a budget writes into requests that have none, in tokens
 * @param failover false tries only the first target that can serve the request
 */
@Later("shadow")
public record ModelConfig(
        @DefaultValue("priority") Strategy strategy,
        @DefaultValue("true") boolean failover,
        @DefaultValue("4096") int maxOutput,
        List<TargetConfig> targets) {

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
