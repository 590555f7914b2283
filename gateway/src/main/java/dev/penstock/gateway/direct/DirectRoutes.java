package dev.penstock.gateway.direct;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/** Where the calls of one configuration go, each path looked for once. Thread-safe. */
final class DirectRoutes {

    static final DirectRoutes NONE = new DirectRoutes(List.of(), Set.of(), Set.of());

    private final List<Route> routes;
    private final Set<Route> direct;
    private final Set<String> paths;
    private final Map<String, Optional<Found>> found = new ConcurrentHashMap<>();

    /**
     * @param routes in the order in which Spring asks them, up to the first that asks for more than a path
     * @param direct those of them that have our steps and nothing else
     * @param paths that they name whole, without patterns
     */
    DirectRoutes(List<Route> routes, Set<Route> direct, Set<String> paths) {
        this.routes = List.copyOf(routes);
        this.direct = Set.copyOf(direct);
        this.paths = Set.copyOf(paths);
    }

    /** A path that was looked for; null where it was not, or is not served directly. */
    @Nullable
    Found known(String path) {
        Optional<Found> known = found.get(path);
        return known == null ? null : known.orElse(null);
    }

    /** Whether a path is yet to be looked for. */
    boolean isNew(String path) {
        return paths.contains(path) && !found.containsKey(path);
    }

    /**
     * Looks for a path and keeps what it finds.
     *
     * @param web an exchange with this path, which is used for nothing else
     * @param taken whether something that is no route answers it first
     */
    void look(String path, ServerWebExchange web, Predicate<ServerWebExchange> taken) {
        Optional<Found> first = first(web);
        found.put(path, taken.test(web) ? Optional.empty() : first);
    }

    private Optional<Found> first(ServerWebExchange web) {
        Map<String, Object> attributes = web.getAttributes();
        for (Route route : routes) {
            attributes.put(ServerWebExchangeUtils.GATEWAY_PREDICATE_ROUTE_ATTR, route.getId());
            if (AtOnce.isTrue(route.getPredicate().apply(web))) {
                attributes.remove(ServerWebExchangeUtils.GATEWAY_PREDICATE_ROUTE_ATTR);
                attributes.put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR, route);
                return Optional.of(route)
                        .filter(direct::contains)
                        .map(it -> new Found(Link.of(it.getFilters()), new HashMap<>(attributes)));
            }
        }
        return Optional.empty();
    }
}
