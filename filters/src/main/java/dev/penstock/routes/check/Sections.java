package dev.penstock.routes.check;

import dev.penstock.admit.InboundConfig;
import dev.penstock.alert.AlertsConfig;
import dev.penstock.audit.AuditConfig;
import dev.penstock.budget.BudgetConfig;
import dev.penstock.experiment.ExperimentConfig;
import dev.penstock.experiment.RolloutConfig;
import dev.penstock.guard.GuardrailConfig;
import dev.penstock.keys.CallerSettings.IdentityConfig;
import dev.penstock.keys.CallerSettings.ServiceConfig;
import dev.penstock.keys.CallerSettings.TeamConfig;
import dev.penstock.pricing.PricesConfig;
import dev.penstock.routes.file.Tree;
import dev.penstock.surface.StreamConfig;
import dev.penstock.upstream.ModelConfig;
import dev.penstock.upstream.ProviderConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The whole of routes.yml.
 *
 * @param include files that are merged before this is bound
 * @param routes read by {@code routes.define}
 * @param defaultFilters of {@code llm://} routes, and of no others
 */
public record Sections(
        @DefaultValue Map<String, ProviderConfig> providers,
        @DefaultValue Map<String, ModelConfig> models,
        @DefaultValue Map<String, ServiceConfig> services,
        @DefaultValue Map<String, TeamConfig> teams,
        @DefaultValue IdentityConfig callers,
        @DefaultValue Map<String, List<GuardrailConfig>> guardrails,
        @DefaultValue InboundConfig inbound,
        @DefaultValue StreamConfig stream,
        @DefaultValue AuditConfig audit,
        @DefaultValue PricesConfig prices,
        @DefaultValue GlobalConfig global,
        @DefaultValue RolloutConfig rollout,
        @DefaultValue Map<String, ExperimentConfig> experiments,
        @DefaultValue AlertsConfig alerts,
        @DefaultValue DegradedConfig degraded,
        @DefaultValue List<String> include,
        @DefaultValue List<Tree> routes,
        @DefaultValue List<Tree> defaultFilters) {

    /** What holds for all callers together. */
    public record GlobalConfig(Optional<BudgetConfig> budget) {}
}
