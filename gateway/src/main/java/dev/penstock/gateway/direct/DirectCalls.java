package dev.penstock.gateway.direct;

import dev.penstock.gateway.admin.Ports;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.cloud.gateway.event.RefreshRoutesResultEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Hands calls of models to the steps of their route, and everything else to Spring. */
@Order(DirectCalls.INSIDE)
public final class DirectCalls implements HttpHandlerDecoratorFactory, ApplicationListener<RefreshRoutesResultEvent> {

    /** The others, such as the count of headers, stand before it. */
    static final int INSIDE = 0;

    /** The name that Spring logs the same failures by. */
    private static final Logger LOG =
            LoggerFactory.getLogger("org.springframework.web.server.adapter.HttpWebHandlerAdapter");

    private static final DisconnectedClientHelper DISCONNECTED =
            new DisconnectedClientHelper("org.springframework.web.server.DisconnectedClient");

    private final Ports ports;
    private final SpringRoutes spring;
    private final ErrorWebExceptionHandler errors;
    private volatile DirectRoutes routes = DirectRoutes.NONE;

    public DirectCalls(Ports ports, SpringRoutes spring, ErrorWebExceptionHandler errors) {
        this.ports = ports;
        this.spring = spring;
        this.errors = errors;
    }

    /** Spring has new routes; where it has not, the ones before it are in force, here as there. */
    @Override
    public void onApplicationEvent(RefreshRoutesResultEvent refreshed) {
        if (refreshed.isSuccess()) {
            routes = LOG.isDebugEnabled() ? DirectRoutes.NONE : spring.direct();
        }
    }

    @Override
    public HttpHandler apply(HttpHandler next) {
        return (request, response) -> {
            Found found = found(request, response);
            return found != null
                            && response instanceof AbstractServerHttpResponse known
                            && known.getNativeResponse() instanceof HttpServerResponse netty
                    ? handle(found, request, new DirectResponse(response, netty))
                    : next.handle(request, response);
        };
    }

    /** Whether calls of this path were handed on directly, and will be. */
    public boolean isDirect(String path) {
        return routes.known(path) != null;
    }

    private @Nullable Found found(ServerHttpRequest request, ServerHttpResponse response) {
        if (!HttpMethod.POST.equals(request.getMethod()) || ports.isAdmin(request)) {
            return null;
        }
        DirectRoutes all = routes;
        String path = request.getPath().value();
        if (all.isNew(path)) {
            all.look(path, new DirectExchange(request, response, Map.of()), spring::isTaken);
        }
        return all.known(path);
    }

    private Mono<Void> handle(Found found, ServerHttpRequest request, ServerHttpResponse response) {
        ServerWebExchange web = new DirectExchange(request, response, found.attributes());
        Mono<Void> handled;
        try {
            handled = found.steps().filter(web);
        } catch (RuntimeException failure) {
            handled = Mono.error(failure);
        }
        return handled.onErrorResume(failure -> failed(web, failure));
    }

    /** As Spring does it around its own handlers. */
    private Mono<Void> failed(ServerWebExchange web, Throwable failure) {
        ServerHttpResponse response = web.getResponse();
        if (!response.isCommitted()) {
            return errors.handle(web, failure);
        }
        if (DISCONNECTED.checkAndLogClientDisconnectedException(failure)) {
            return Mono.empty();
        }
        LOG.error(
                "{}Error [{}] for HTTP POST \"{}\", but ServerHttpResponse already committed ({})",
                web.getLogPrefix(),
                failure.toString(),
                web.getRequest().getPath(),
                response.getStatusCode());
        return Mono.error(failure);
    }
}
