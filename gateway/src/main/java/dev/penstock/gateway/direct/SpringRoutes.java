package dev.penstock.gateway.direct;

import dev.penstock.exchange.FirstStepFilter;
import dev.penstock.exchange.LlmRoute;
import dev.penstock.exchange.Step;
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
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.filter.AdaptCachedBodyGlobalFilter;
import org.springframework.cloud.gateway.filter.ForwardPathFilter;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.RemoveCachedBodyFilter;
import org.springframework.cloud.gateway.filter.WeightCalculatorWebFilter;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.route.RouteDefinitionLocator;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/** Finds, among what Spring would put around a call of a model, whether anything of it does anything. */
public final class SpringRoutes {

    /** Filters of every route that only do something for routes that Spring itself sends on. */
    private static final Set<Class<?>> IDLE = Set.of(
            RemoveCachedBodyFilter.class,
            AdaptCachedBodyGlobalFilter.class,
            NettyWriteResponseFilter.class,
            ForwardPathFilter.class);

    /** The first tells callers from administrators by their port, as is done here, too; weights are no paths. */
    private static final Set<Class<?>> KNOWN = Set.of(AdminDoor.class, WeightCalculatorWebFilter.class);

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
        if (!isPlain() || all.stream().anyMatch(route -> route.getMetadata().containsKey(CORS))) {
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

    private boolean isPlain() {
        return context.getBeanProvider(ForwardedHeaderTransformer.class).getIfAvailable() == null
                && context.getBean(GlobalCorsProperties.class)
                        .getCorsConfigurations()
                        .isEmpty()
                && context.getBeanProvider(WebFilter.class).stream()
                        .allMatch(filter -> KNOWN.contains(filter.getClass()))
                && context.getBeanProvider(GlobalFilter.class).stream()
                        .allMatch(filter -> IDLE.contains(filter.getClass()) || isBehindSteps(filter));
    }

    /** The last step answers: what comes after it never runs. */
    private static boolean isBehindSteps(GlobalFilter filter) {
        Integer order = filter instanceof Ordered ordered
                ? Integer.valueOf(ordered.getOrder())
                : OrderUtils.getOrder(filter.getClass());
        return order == null || order > Step.CALL_UPSTREAM.order();
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
