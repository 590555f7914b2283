package dev.penstock.routes;

import dev.penstock.exchange.Settings;
import java.util.List;
import org.springframework.cloud.gateway.route.RouteDefinition;

/**
 * What a file became.
 *
 * @param routes each of the {@code llm://} ones carries {@code settings}
 * @param warnings what is allowed and may still not be what was meant
 */
record Compiled(Settings settings, List<RouteDefinition> routes, List<String> warnings) {}
