package dev.penstock.gateway;

import java.util.function.BiFunction;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Renders failures that no route's pipeline saw, such as an unknown path; takes the place of Spring Boot's error page. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class LastErrors implements ErrorWebExceptionHandler {

    private final BiFunction<ServerWebExchange, Throwable, Mono<Void>> renderer;

    LastErrors(BiFunction<ServerWebExchange, Throwable, Mono<Void>> renderer) {
        this.renderer = renderer;
    }

    /** A response that has begun cannot be changed: its connection is closed by passing the failure on. */
    @Override
    public Mono<Void> handle(ServerWebExchange web, Throwable failure) {
        return web.getResponse().isCommitted() ? Mono.error(failure) : renderer.apply(web, failure);
    }
}
