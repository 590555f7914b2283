package dev.penstock.gateway;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Keeps what callers are served off the administrators' port, and gives every answer there the headers of a closed room. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class AdminPortFilter implements WebFilter {

    private static final List<String> SERVED = List.of("/admin", "/console", "/actuator");

    private final Ports ports;

    AdminPortFilter(Ports ports) {
        this.ports = ports;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange web, WebFilterChain chain) {
        if (!ports.isAdmin(web)) {
            return chain.filter(web);
        }
        HttpHeaders headers = web.getResponse().getHeaders();
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.set("x-content-type-options", "nosniff");
        headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("referrer-policy", "no-referrer");
        String path = web.getRequest().getPath().value();
        boolean served = SERVED.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
        return served ? chain.filter(web) : Mono.error(new GatewayException(ErrorCode.ROUTE_UNKNOWN, Told.NOTHING));
    }
}
