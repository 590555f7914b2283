package dev.penstock.exchange;

import java.util.Map;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a compiled {@code llm://} route carries in its metadata. Steps have no other way to the configuration.
 *
 * @param model the NAME of {@code llm://NAME}, used when the request names none; empty for {@code llm://any}
 */
public record LlmRoute(Settings settings, Surface surface, String model) {

    /** The key in the route's metadata. */
    public static final String METADATA = "penstock";

    /** The route that Spring matched. */
    public static LlmRoute of(ServerWebExchange web) {
        Route route = web.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        Map<String, Object> metadata = route.getMetadata();
        return (LlmRoute) metadata.get(METADATA);
    }
}
