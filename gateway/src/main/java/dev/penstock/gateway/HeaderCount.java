package dev.penstock.gateway;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Refuses requests with very many headers: Netty bounds their size, not their number. */
final class HeaderCount implements HttpHandlerDecoratorFactory {

    private static final int MOST = 100;

    @Override
    public HttpHandler apply(HttpHandler next) {
        return (request, response) -> count(request) > MOST ? refuse(response) : next.handle(request, response);
    }

    /** Netty's own count; Spring's view of the headers would build a set of their names. */
    private static int count(ServerHttpRequest request) {
        return request instanceof AbstractServerHttpRequest known
                        && known.getNativeRequest() instanceof HttpServerRequest netty
                ? netty.requestHeaders().size()
                : request.getHeaders().size();
    }

    private static Mono<Void> refuse(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);
        return response.setComplete();
    }
}
