package dev.penstock.gateway.admin;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import java.time.Duration;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Keeps callers and administrators apart, and asks administrators who they are; what each may is the endpoint's to ask. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class AdminDoor implements WebFilter {

    private static final String ADMIN = "admin";
    private static final String BEARER = "Bearer ";
    private static final Set<String> SERVED = Set.of(ADMIN, "console", "actuator");

    private final Ports ports;
    private final Visitors visitors;
    private final LoginAttempts attempts;
    private final AdminLog log;

    AdminDoor(Ports ports, Visitors visitors, LoginAttempts attempts, AdminLog log) {
        this.ports = ports;
        this.visitors = visitors;
        this.attempts = attempts;
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
        Duration wait = attempts.wait(Visitor.address(web.getRequest()));
        if (!wait.isZero()) {
            Told told = Told.of("Too many wrong tokens came from this address; see Retry-After.")
                    .after(wait);
            log.guesses(web.getRequest());
            return Mono.error(new GatewayException(ErrorCode.RATE_EXCEEDED, told));
        }
        String token = token(web);
        Mono<Visitor> visitor = token.isEmpty() ? Mono.empty() : visitors.of(token);
        return visitor.switchIfEmpty(Mono.defer(() -> stranger(web, !token.isEmpty())))
                .flatMap(known -> {
                    known.enter(web);
                    return chain.filter(web);
                });
    }

    /** Whether the content of records may be shown to whom the door let in with this request. */
    static boolean mayReadContent(ServerRequest admitted) {
        return AdminRole.mayReadContent(Visitor.of(admitted.exchange()).role());
    }

    private Mono<Visitor> stranger(ServerWebExchange web, boolean presented) {
        if (presented) {
            attempts.wrong(Visitor.address(web.getRequest()));
        }
        web.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, BEARER.trim());
        Told told = Told.of("No or wrong token (expected: authorization: Bearer TOKEN).");
        return log.unknown(web.getRequest(), ErrorCode.KEY_UNKNOWN, presented)
                .then(Mono.error(new GatewayException(ErrorCode.KEY_UNKNOWN, told)));
    }

    private static String token(ServerWebExchange web) {
        String header = web.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).trim()
                : "";
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
