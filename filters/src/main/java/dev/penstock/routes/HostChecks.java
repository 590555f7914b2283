package dev.penstock.routes;

import dev.penstock.routes.define.OrdinaryFilters;
import dev.penstock.routes.file.Place;
import dev.penstock.routes.file.Problem;
import dev.penstock.routes.file.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.FilterDefinition;
import org.springframework.core.env.Environment;

/** Checks the application around the file: settings that Spring takes, and that this gateway must not run with. */
final class HostChecks {

    private static final String GATEWAY = "spring.cloud.gateway.server.webflux.";
    private static final String ACCESSOR = GATEWAY + "restrictive-property-accessor.enabled";
    private static final String CACHE = GATEWAY + "filter.local-response-cache.enabled";
    private static final String ACCESS = "management.endpoint.gateway.access";

    /** Where limits and budgets are counted. */
    private static final List<String> STORES = List.of("embedded", "redis");

    private static final String CVE = "CVE-2026-59426, CVE-2026-59427";

    private final Environment environment;
    private final Supplier<GatewayProperties> gateway;

    HostChecks(Environment environment, Supplier<GatewayProperties> gateway) {
        this.environment = environment;
        this.gateway = gateway;
    }

    void check(Problems problems) {
        String store = environment.getProperty("penstock.store", "embedded");
        if (!STORES.contains(store)) {
            String stores = String.join(", ", STORES);
            problems.add(setting("penstock.store", "'" + store + "' (expected: one of: " + stores + ")"));
        }
        if (unrestricted()) {
            problems.add(setting(ACCESS, "'unrestricted' lets anyone on that port add routes (expected: none)"));
        }
        if (!environment.getProperty(ACCESSOR, Boolean.class, true)) {
            problems.add(setting(ACCESSOR, "'false' opens the application to expressions in routes (expected: true)"));
        }
        if (environment.getProperty(CACHE, Boolean.class, false)) {
            problems.add(setting(CACHE, "'true' is refused: " + CVE + " (expected: false)"));
        }
        filters(problems);
    }

    // Spring puts its own default filters on every route, ours too
    private void filters(Problems problems) {
        for (FilterDefinition filter : gateway.get().getDefaultFilters()) {
            String name = filter.getName();
            if (!OrdinaryFilters.works(name)) {
                String message =
                        name + " does not work on llm:// routes (expected: it on the routes that need it; there: "
                                + OrdinaryFilters.instead(name) + ")";
                problems.add(setting(GATEWAY + "default-filters", message));
            }
        }
        boolean cached = gateway.get().getRoutes().stream()
                .flatMap(route -> route.getFilters().stream())
                .anyMatch(filter -> filter.getName().equals("LocalResponseCache"));
        if (cached) {
            problems.add(
                    setting(GATEWAY + "routes", "LocalResponseCache is refused: " + CVE + " (expected: no filter)"));
        }
    }

    // as Spring Boot resolves it: the endpoint's own, the older switch, the default of all, and the most that is
    // permitted
    private boolean unrestricted() {
        String own = property(ACCESS)
                .or(() -> property("management.endpoint.gateway.enabled").map(HostChecks::access))
                .or(() -> property("management.endpoints.access.default"))
                .or(() -> property("management.endpoints.enabled-by-default").map(HostChecks::access))
                .orElse("none");
        String most = property("management.endpoints.access.max-permitted").orElse("unrestricted");
        return own.equals("unrestricted") && most.equals("unrestricted");
    }

    private static String access(String enabled) {
        return enabled.equals("true") ? "unrestricted" : "none";
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(environment.getProperty(name))
                .map(it -> it.strip().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static Problem setting(String name, String message) {
        return new Problem(Place.SETTING, name, message);
    }
}
