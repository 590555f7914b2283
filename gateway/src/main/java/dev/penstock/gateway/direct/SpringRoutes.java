package dev.penstock.gateway.direct;

import dev.penstock.exchange.FirstStepFilter;
import dev.penstock.exchange.LlmRoute;
import dev.penstock.exchange.StepFilter;
import dev.penstock.gateway.admin.AdminDoor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/** What Spring would do with a call of a model, as far as that is the same for each. */
public final class SpringRoutes {

    /** A path that nothing has to be read out of, and not one of those that {@link AdminDoor} keeps callers from. */
    private static final Pattern WHOLE = Pattern.compile("/(?!admin(/|$))[\\w-]+(/[\\w.-]+)*");

    private static final String PATH = "Path";
    private static final String CORS = "cors";

    private final ApplicationContext context;

    public SpringRoutes(ApplicationContext context) {
        this.context = context;
    }

    /** The routes in force that can be served directly; none where the application has more on its way than is known here. */
    DirectRoutes direct() {
        List<Route> all = AtOnce.list(context.getBean(RouteLocator.class).getRoutes());
        if (!Surroundings.arePlain(context)
                || all.stream().anyMatch(route -> route.getMetadata().containsKey(CORS))) {
            return DirectRoutes.NONE;
        }
        Map<String, RouteDefinition> definitions = new HashMap<>();
        AtOnce.list(context.getBean(RouteDefinitionLocator.class).getRouteDefinitions())
                .forEach(definition -> definitions.put(definition.getId(), definition));
        List<Route> byPath = all.stream()
                .takeWhile(route -> isByPath(definitions.get(route.getId())))
                .toList();
        Set<Route> direct = byPath.stream().filter(SpringRoutes::isOfSteps).collect(Collectors.toSet());
        Set<String> paths = new HashSet<>();
        direct.forEach(route -> paths.addAll(paths(definitions.get(route.getId()))));
        return new DirectRoutes(byPath, direct, paths);
    }

    private static boolean isByPath(@Nullable RouteDefinition definition) {
        return definition != null
                && definition.getPredicates().stream()
                        .allMatch(predicate -> predicate.getName().equals(PATH));
    }

    private static boolean isOfSteps(Route route) {
        List<GatewayFilter> filters = route.getFilters();
        return route.getMetadata().containsKey(LlmRoute.METADATA)
                && filters.size() > 1
                && filters.get(0) instanceof FirstStepFilter
                && filters.stream().skip(1).allMatch(StepFilter.class::isInstance);
    }

    private static Set<String> paths(RouteDefinition definition) {
        return definition.getPredicates().stream()
                .flatMap(predicate -> predicate.getArgs().values().stream())
                .filter(path -> WHOLE.matcher(path).matches())
                .collect(Collectors.toSet());
    }

    /** Whether one of Spring's mappings before that of the routes answers such a request. */
    boolean isTaken(ServerWebExchange web) {
        for (HandlerMapping mapping : context.getBean(DispatcherHandler.class).getHandlerMappings()) {
            if (mapping instanceof RoutePredicateHandlerMapping) {
                return false;
            }
            if (!AtOnce.isNothing(mapping.getHandler(web))) {
                return true;
            }
        }
        return true;
    }
}
