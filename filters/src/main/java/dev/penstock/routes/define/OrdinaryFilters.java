package dev.penstock.routes.define;

import java.util.Map;
import java.util.Set;

/**
 * Spring Cloud Gateway's own filters on {@code llm://} routes: which ones work there, and what to use instead of the others.
 *
 * <p>WriteAnswer writes the response after the inner filters are done, so a filter that adds to the response's headers has
 * its effect; one that looks at an upstream response, or changes the request on its way to Spring's routing, has none.
 */
public final class OrdinaryFilters {

    private static final Set<String> ALLOWED = Set.of("AddResponseHeader", "SetResponseHeader", "SecureHeaders");

    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("AddRequestHeader", "providers.NAME.headers"),
            Map.entry("AddRequestHeadersIfNotPresent", "providers.NAME.headers"),
            Map.entry("SetRequestHeader", "providers.NAME.headers"),
            Map.entry("MapRequestHeader", "providers.NAME.headers"),
            Map.entry("RemoveRequestHeader", "nothing: callers' headers do not travel upstream"),
            Map.entry("AddRequestParameter", "providers.NAME.base-url"),
            Map.entry("RemoveRequestParameter", "nothing: callers' query does not travel upstream"),
            Map.entry("RewriteRequestParameter", "nothing: callers' query does not travel upstream"),
            Map.entry("PrefixPath", "providers.NAME.base-url"),
            Map.entry("SetPath", "providers.NAME.base-url"),
            Map.entry("RewritePath", "providers.NAME.base-url"),
            Map.entry("StripPrefix", "providers.NAME.base-url"),
            Map.entry("StripContextPath", "providers.NAME.base-url"),
            Map.entry("SetRequestUri", "providers.NAME.base-url"),
            Map.entry("RequestHeaderToRequestUri", "nothing: no caller chooses a host"),
            Map.entry("PreserveHostHeader", "nothing: the host is the provider's own"),
            Map.entry("SetRequestHostHeader", "nothing: the host is the provider's own"),
            Map.entry("Retry", "providers.NAME.retry"),
            Map.entry("CircuitBreaker", "providers.NAME.breaker and models.NAME.failover"),
            Map.entry("FallbackHeaders", "models.NAME.failover"),
            Map.entry("RequestSize", "inbound.max-body"),
            Map.entry("RequestHeaderSize", "server.max-http-request-header-size"),
            Map.entry("CacheRequestBody", "nothing: Admit holds the body"),
            Map.entry("ModifyRequestBody", "a content kind under prompts/"),
            Map.entry("JsonToGrpc", "a route with another uri"),
            Map.entry("RedirectTo", "a route with another uri"),
            Map.entry("TokenRelay", "providers.NAME.keys"),
            Map.entry("SaveSession", "nothing: callers have no session"),
            Map.entry("ModifyResponseBody", "a content kind under prompts/"),
            Map.entry("RemoveJsonAttributesResponseBody", "a content kind under prompts/"),
            Map.entry("RemoveResponseHeader", "nothing: providers' headers do not travel to callers"),
            Map.entry("RewriteResponseHeader", "SetResponseHeader"),
            Map.entry("DedupeResponseHeader", "nothing: providers' headers do not travel to callers"),
            Map.entry("RewriteLocationResponseHeader", "nothing: providers' headers do not travel to callers"),
            Map.entry("SetStatus", "nothing: WriteAnswer sets the status"),
            Map.entry("RequestRateLimiter", "limits of services, teams and providers"));

    /** Headers that WriteAnswer sets itself, after these filters ran. */
    private static final Set<String> OURS = Set.of(
            "content-type",
            "content-length",
            "transfer-encoding",
            "cache-control",
            "x-accel-buffering",
            "x-request-id",
            "server-timing",
            "retry-after",
            "retry-after-ms");

    private OrdinaryFilters() {}

    /** Whether it has its effect on {@code llm://} routes. */
    public static boolean works(String filter) {
        return ALLOWED.contains(filter);
    }

    /** What to use in place of one that has not. */
    public static String instead(String filter) {
        return INSTEAD.getOrDefault(filter, "a route with another uri");
    }

    /** Whether an answer's header of this name is not the route's to set. */
    static boolean owned(String header) {
        return OURS.contains(header) || header.startsWith("x-penstock-") || header.startsWith("x-ratelimit-");
    }
}
