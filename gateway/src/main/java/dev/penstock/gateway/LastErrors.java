package dev.penstock.gateway;

import dev.penstock.gateway.admin.Ports;
import dev.penstock.surface.ErrorRenderer;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Renders failures that no route's pipeline saw, such as an unknown path; takes the place of Spring Boot's error page. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class LastErrors implements ErrorWebExceptionHandler {

    private final ErrorRenderer renderer;
    private final Ports ports;

    LastErrors(ErrorRenderer renderer, Ports ports) {
        this.renderer = renderer;
        this.ports = ports;
    }

    /** A response that has begun cannot be changed: its connection is closed by passing the failure on. */
    @Override
    public Mono<Void> handle(ServerWebExchange web, Throwable failure) {
        if (web.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        return ports.isAdmin(web) ? renderer.renderProblem(web, failure) : renderer.render(web, failure);
    }
}
