package dev.penstock.keys;

import dev.penstock.budget.BudgetConfig;
import dev.penstock.limit.LimitConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The sections {@code services:} and {@code teams:}. */
public record CallerSettings(Map<String, ServiceConfig> services, Map<String, TeamConfig> teams) {

    /**
     * An internal service.
     *
     * @param team its name in {@code teams:}
     * @param models patterns of the models it may ask for
     * @param guardrails names of {@code guardrails:}
     */
    public record ServiceConfig(
            Optional<String> team,
            @DefaultValue List<CallerKeyConfig> keys,
            @DefaultValue("*") List<String> models,
            Optional<BudgetConfig> budget,
            @DefaultValue List<LimitConfig> limits,
            @DefaultValue List<String> guardrails) {}

    /**
     * A caller's key: exactly one of {@code value} and {@code sha256} (64 hex digits); an empty value is no key.
     *
     * @param loopbackOnly works only while the data port is bound to loopback, and never for a forwarded request
     */
    public record CallerKeyConfig(
            String id,
            Optional<String> value,
            Optional<String> sha256,
            @DefaultValue("false") boolean loopbackOnly,
            Optional<BudgetConfig> budget) {

        /** Never shows the key. */
        @Override
        public String toString() {
            return "CallerKeyConfig[id=" + id + "]";
        }
    }

    /** A team that pays; what it says holds for each of its services. */
    public record TeamConfig(
            Optional<BudgetConfig> budget,
            @DefaultValue List<LimitConfig> limits,
            @DefaultValue List<String> guardrails) {}
}
