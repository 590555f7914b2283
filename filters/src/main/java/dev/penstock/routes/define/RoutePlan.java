package dev.penstock.routes.define;

import dev.penstock.exchange.LlmRoute;
import dev.penstock.exchange.Settings;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Surface;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;

/**
 * A checked route that waits for its configuration.
 *
 * @param surface of an {@code llm://} route; null for one that Spring itself sends on
 */
public record RoutePlan(
        RouteConfig route,
        List<Call> predicates,
        List<Call> filters,
        @Nullable Surface surface) {

    /** Whether it is one of ours and a step is not on it. */
    public boolean lacks(Step step) {
        return surface != null && filters.stream().noneMatch(call -> call.name().equals(step.filter()));
    }

    /** Spring's definition; one of ours carries {@code settings} to its steps. */
    public RouteDefinition definition(Settings settings) {
        RouteDefinition definition = new RouteDefinition();
        definition.setId(route.id());
        definition.setUri(URI.create(route.uri()));
        definition.setOrder(route.order());
        definition.setEnabled(route.enabled());
        definition.setPredicates(predicates.stream().map(RoutePlan::predicate).toList());
        definition.setFilters(filters.stream().map(RoutePlan::filter).toList());
        Map<String, Object> metadata = new LinkedHashMap<>();
        route.metadata().forEach((key, value) -> metadata.put(key, Metadata.of(value)));
        if (surface != null) {
            metadata.put(LlmRoute.METADATA, new LlmRoute(settings, surface, route.model()));
        }
        definition.setMetadata(metadata);
        return definition;
    }

    private static PredicateDefinition predicate(Call call) {
        PredicateDefinition definition = new PredicateDefinition();
        definition.setName(call.name());
        definition.setArgs(new LinkedHashMap<>(call.args()));
        return definition;
    }

    private static FilterDefinition filter(Call call) {
        FilterDefinition definition = new FilterDefinition();
        definition.setName(call.name());
        definition.setArgs(new LinkedHashMap<>(call.args()));
        return definition;
    }
}
