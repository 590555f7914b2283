package dev.penstock.gateway.direct;

import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The filters of a route from one of them on; made once a route, where Spring makes it for each request. */
record Link(GatewayFilter filter, GatewayFilterChain rest) implements GatewayFilterChain {

    static GatewayFilterChain of(List<GatewayFilter> filters) {
        GatewayFilterChain chain = end -> Mono.empty();
        for (int i = filters.size() - 1; i >= 0; i--) {
            chain = new Link(filters.get(i), chain);
        }
        return chain;
    }

    /** When the filter before it is through, as Spring does it: what throws here is a failure of the rest, not of that filter. */
    @Override
    public Mono<Void> filter(ServerWebExchange web) {
        return Mono.defer(() -> filter.filter(web, rest));
    }
}
