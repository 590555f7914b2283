package dev.penstock.routes.check;

import dev.penstock.admit.InboundConfig;
import dev.penstock.exchange.Later;
import dev.penstock.keys.CallerSettings.ServiceConfig;
import dev.penstock.keys.CallerSettings.TeamConfig;
import dev.penstock.routes.file.Tree;
import dev.penstock.surface.StreamConfig;
import dev.penstock.upstream.ModelConfig;
import dev.penstock.upstream.ProviderConfig;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The whole of routes.yml.
 *
 * @param routes read by {@code routes.define}
 * @param defaultFilters of {@code llm://} routes, and of no others
 */
@Later({"guardrails", "degraded", "prices", "rollout", "experiments", "audit", "callers", "alerts", "global", "include"
})
public record Sections(
        @DefaultValue Map<String, ProviderConfig> providers,
        @DefaultValue Map<String, ModelConfig> models,
        @DefaultValue Map<String, ServiceConfig> services,
        @DefaultValue Map<String, TeamConfig> teams,
        @DefaultValue InboundConfig inbound,
        @DefaultValue StreamConfig stream,
        @DefaultValue List<Tree> routes,
        @DefaultValue List<Tree> defaultFilters) {}
