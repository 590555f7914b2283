package dev.penstock.surface;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.ErrorShape;
import dev.penstock.exchange.Outside;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Renders every failure, in the pipeline or outside it, in the dialect of its path. */
public final class ErrorRenderer {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorRenderer.class);
    /** After these the rest of the request's body may still be coming; it is not waited for. */
    private static final Set<ErrorCode> UNREAD_BODY =
            EnumSet.of(ErrorCode.REQUEST_TOO_LARGE, ErrorCode.BODY_TIMEOUT, ErrorCode.OVERLOADED);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Surfaces surfaces;
    private final RequestIds ids;
    private final Outside outside;

    /** {@code outside} learns of what is refused without a route. */
    ErrorRenderer(Surfaces surfaces, RequestIds ids, Outside outside) {
        this.surfaces = surfaces;
        this.ids = ids;
        this.outside = outside;
    }

    /** A failure outside the pipeline, such as a path that no route matches. The response must not be committed. */
    public Mono<Void> render(ServerWebExchange web, Throwable failure) {
        String path = web.getRequest().getPath().value();
        String requestId = ids.of(web.getRequest());
        GatewayException told = told(failure, requestId);
        outside.refused(new Outside.Refused(
                web.getRequest().getMethod().name(), path, source(web.getRequest()), requestId, told));
        return write(web, surfaces.ofPath(path), told, requestId);
    }

    private static String source(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null || remote.getAddress() == null
                ? ""
                : remote.getAddress().getHostAddress();
    }

    /** A failure on the administrators' port: problem details, whatever the path. */
    public Mono<Void> renderProblem(ServerWebExchange web, Throwable failure) {
        return write(web, surfaces.content(), failure, ids.of(web.getRequest()));
    }

    /** The body for a request that could not be read as far as its headers; {@code source} as in {@link Outside}. */
    public byte[] early(String path, String source, GatewayException told, String requestId) {
        outside.refused(new Outside.Refused("", path, source, requestId, told));
        return Json.LENIENT_DEPTH.write(surfaces.ofPath(path).error(told, requestId));
    }

    Mono<Void> write(ServerWebExchange web, ErrorShape surface, Throwable failure, String requestId) {
        GatewayException told = told(failure, requestId);
        ServerHttpResponse response = web.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(told.status()));
        HttpHeaders headers = response.getHeaders();
        headers.set(RequestIds.HEADER, requestId);
        headers.setContentType(MediaType.valueOf(surface.errorMediaType()));
        comeBack(told, headers);
        if (UNREAD_BODY.contains(told.code())) {
            headers.set(HttpHeaders.CONNECTION, "close");
        }
        byte[] body = Json.LENIENT_DEPTH.write(surface.error(told, requestId));
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static void comeBack(GatewayException told, HttpHeaders headers) {
        if (told.status() == 429 || told.status() == 503) {
            AnswerHeaders.comeBack(told.told().comeBack().orElse(SOON), headers);
        }
        if (told.code() == ErrorCode.BUDGET_EXHAUSTED) {
            headers.set("x-should-retry", "false");
        }
        Object allowed = told.told().fields().get("allow");
        if (told.code() == ErrorCode.METHOD_UNKNOWN && allowed != null) {
            headers.set(HttpHeaders.ALLOW, allowed.toString());
        }
    }

    /** What the caller is told of any failure; one that nobody expected is logged, without the request. */
    static GatewayException told(Throwable failure, String requestId) {
        if (failure instanceof GatewayException known) {
            return known;
        }
        if (failure instanceof ResponseStatusException spring) {
            return ofStatus(spring);
        }
        LOG.error("request {} failed", requestId, withoutWords(failure));
        return new GatewayException(
                ErrorCode.INTERNAL, Told.NOTHING, failure.getClass().getName());
    }

    private static GatewayException ofStatus(ResponseStatusException spring) {
        ErrorCode code = switch (spring.getStatusCode().value()) {
            case 404 -> ErrorCode.ROUTE_UNKNOWN;
            case 405 -> ErrorCode.METHOD_UNKNOWN;
            case 413 -> ErrorCode.REQUEST_TOO_LARGE;
            case 415 -> ErrorCode.MEDIA_TYPE;
            case 500 -> ErrorCode.INTERNAL;
            case 503 -> ErrorCode.OVERLOADED;
            default -> ErrorCode.REQUEST_INVALID;
        };
        return new GatewayException(
                code, Told.NOTHING, "status " + spring.getStatusCode().value());
    }

    /** The same stack under the bare class name: a message could hold a piece of the request. */
    private static Throwable withoutWords(Throwable failure) {
        Throwable bare = new RuntimeException(failure.getClass().getName());
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}
