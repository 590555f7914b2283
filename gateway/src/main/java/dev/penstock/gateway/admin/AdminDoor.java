package dev.penstock.gateway.admin;

import dev.penstock.audit.AuditLog;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Keeps callers and administrators apart, asks for the token, and records who did what before it is done. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class AdminDoor implements WebFilter {

    private static final String ADMIN = "admin";
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Set<String> SERVED = Set.of(ADMIN, "console", "actuator");

    private final Ports ports;
    private final AdminToken token;
    private final AuditLog log;

    public AdminDoor(Ports ports, AdminToken token, AuditLog log) {
        this.ports = ports;
        this.token = token;
        this.log = log;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange web, WebFilterChain chain) {
        String root = root(web.getRequest().getPath());
        if (!ports.isAdmin(web)) {
            return root.equals(ADMIN) ? unknown() : chain.filter(web);
        }
        closedRoom(web.getResponse().getHeaders());
        if (!SERVED.contains(root)) {
            return unknown();
        }
        return root.equals(ADMIN) ? admin(web, chain) : chain.filter(web);
    }

    private Mono<Void> admin(ServerWebExchange web, WebFilterChain chain) {
        String header = web.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        boolean open = header != null && token.opens(header);
        Mono<Void> recorded = Mono.fromFuture(() -> log.event("admin", record(web.getRequest(), open)))
                .onErrorMap(failure -> new GatewayException(ErrorCode.AUDIT_UNAVAILABLE, Told.NOTHING.after(SOON)))
                .then();
        if (!open) {
            web.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            Told told = Told.of("No or wrong token (expected: authorization: Bearer TOKEN).");
            return recorded.then(Mono.error(new GatewayException(ErrorCode.KEY_UNKNOWN, told)));
        }
        return recorded.then(chain.filter(web));
    }

    /** Whoever the door has let in may: there is one role so far. */
    static boolean mayReadContent(ServerRequest admitted) {
        return admitted.headers().firstHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    private static ObjectNode record(ServerHttpRequest request, boolean open) {
        InetSocketAddress remote = request.getRemoteAddress();
        ObjectNode record = Json.object();
        record.putObject("who")
                .put(
                        "ip",
                        remote == null || remote.getAddress() == null
                                ? ""
                                : remote.getAddress().getHostAddress())
                .put("token", open ? "admin" : "none");
        ObjectNode what = record.putObject("what");
        what.put("method", request.getMethod().name())
                .put("path", request.getPath().value());
        if (request.getURI().getRawQuery() != null) {
            what.put("query", request.getURI().getRawQuery());
        }
        return record.put("outcome", open ? "admitted" : ErrorCode.KEY_UNKNOWN.wire());
    }

    private static <T> Mono<T> unknown() {
        return Mono.error(new GatewayException(ErrorCode.ROUTE_UNKNOWN, Told.NOTHING));
    }

    private static void closedRoom(HttpHeaders headers) {
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        headers.set("x-content-type-options", "nosniff");
        headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("referrer-policy", "no-referrer");
    }

    /** The first segment as routes see it: decoded and without parameters, so that {@code /%61dmin} and {@code /admin;x} count. */
    private static String root(PathContainer path) {
        for (PathContainer.Element element : path.elements()) {
            if (element instanceof PathContainer.PathSegment segment) {
                return segment.valueToMatch();
            }
        }
        return "";
    }
}
