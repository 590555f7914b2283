package dev.penstock.routes;

import dev.penstock.exchange.LlmRoute;
import dev.penstock.exchange.StepFilter;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import reactor.core.publisher.Flux;

/**
 * Spring's routes as its own locator makes them, our steps in them joined.
 *
 * @param between orders of the filters that the application puts on every route
 */
record JoinedRoutes(RouteLocator routes, Supplier<Set<Integer>> between) implements RouteLocator {

    @Override
    public Flux<Route> getRoutes() {
        return routes.getRoutes().map(this::joined);
    }

    @Override
    public Flux<Route> getRoutesByMetadata(Map<String, Object> metadata) {
        return routes.getRoutesByMetadata(metadata).map(this::joined);
    }

    private Route joined(Route route) {
        if (!route.getMetadata().containsKey(LlmRoute.METADATA)) {
            return route;
        }
        return Route.async()
                .id(route.getId())
                .uri(route.getUri())
                .order(route.getOrder())
                .asyncPredicate(route.getPredicate())
                .replaceMetadata(route.getMetadata())
                .replaceFilters(StepFilter.join(route.getFilters(), between.get()))
                .build();
    }
}
