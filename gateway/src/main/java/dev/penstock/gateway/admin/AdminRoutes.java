package dev.penstock.gateway.admin;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The endpoints of administrators, each with the right that it asks for. There is no other way to add one, so none is without:
 * whoever comes is checked and recorded where the endpoint is called, not where a path is guessed at.
 */
public final class AdminRoutes {

    private final RouterFunctions.Builder routes = RouterFunctions.route();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final AdminLog log;

    AdminRoutes(AdminLog log) {
        this.log = log;
    }

    /** One of them; {@code path} is a pattern of Spring's. */
    public record Endpoint(HttpMethod method, String path, AdminRole.Right right) {}

    void get(String path, AdminRole.Right right, HandlerFunction<ServerResponse> handler) {
        routes.GET(path, guarded(new Endpoint(HttpMethod.GET, path, right), handler));
    }

    void post(String path, AdminRole.Right right, HandlerFunction<ServerResponse> handler) {
        routes.POST(path, guarded(new Endpoint(HttpMethod.POST, path, right), handler));
    }

    void delete(String path, AdminRole.Right right, HandlerFunction<ServerResponse> handler) {
        routes.DELETE(path, guarded(new Endpoint(HttpMethod.DELETE, path, right), handler));
    }

    private HandlerFunction<ServerResponse> guarded(Endpoint endpoint, HandlerFunction<ServerResponse> handler) {
        endpoints.add(endpoint);
        return request -> admitted(request, endpoint)
                .then(Mono.defer(() -> handler.handle(request)))
                .onErrorMap(
                        AdminRoutes::isTooLarge,
                        tooLarge -> new GatewayException(
                                ErrorCode.REQUEST_TOO_LARGE,
                                Told.of("The body of an administrator's request is at most 256 KB.")));
    }

    /** By itself, or as the reason of another one. */
    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof DataBufferLimitException || failure.getCause() instanceof DataBufferLimitException;
    }

    private Mono<Void> admitted(ServerRequest request, Endpoint endpoint) {
        Visitor visitor = Visitor.of(request.exchange());
        try {
            visitor.require(endpoint.right());
            return log.admitted(request.exchange().getRequest(), visitor);
        } catch (GatewayException denied) {
            return log.denied(request.exchange().getRequest(), visitor).then(Mono.error(denied));
        }
    }

    /** All that were added. */
    public List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    RouterFunction<ServerResponse> build() {
        return routes.build();
    }
}
