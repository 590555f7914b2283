package dev.penstock.gateway.admin;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.Json;
import dev.penstock.exchange.SecurityEvent;
import dev.penstock.exchange.SecurityEvents;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Records what administrators do, before it is done: without a durable record nothing is. */
final class AdminLog {

    /** What is longer than any id may be a key that went astray. */
    private static final Pattern UNSHOWN = Pattern.compile("/[^/]{41,}");

    private final Recording recording;
    private final SecurityEvents events;

    AdminLog(Recording recording, SecurityEvents events) {
        this.recording = recording;
        this.events = events;
    }

    /** Whoever asks may. */
    Mono<Void> admitted(ServerHttpRequest request, Visitor visitor) {
        return write(visitor.who(request), what(request), "admitted");
    }

    /** He is known, and may not. */
    Mono<Void> denied(ServerHttpRequest request, Visitor visitor) {
        tell(request, visitor.token(), "role " + visitor.role().wire());
        return write(visitor.who(request), what(request), ErrorCode.ROLE_MISSING.wire());
    }

    /** He is not known. */
    Mono<Void> unknown(ServerHttpRequest request, ErrorCode why, boolean presented) {
        if (presented) {
            tell(request, "none", why.wire());
        }
        return write(Visitor.who(request, "none"), what(request), why.wire());
    }

    /** He guesses too often: told now and then, since a record of each would be the way to fill the disk. */
    void guesses(ServerHttpRequest request) {
        tell(request, "none", ErrorCode.RATE_EXCEEDED.wire());
    }

    /** What is about to be changed; ids, names and words only. */
    Mono<Void> changes(ServerRequest request, String action, ObjectNode details) {
        ObjectNode what = Json.object().put("action", action);
        what.setAll(details);
        return write(Visitor.of(request.exchange()).who(request.exchange().getRequest()), what, "begun");
    }

    private void tell(ServerHttpRequest request, String token, String why) {
        String source = Visitor.address(request);
        events.tell(new SecurityEvent(
                SecurityEvent.Kind.ADMIN_DENIED,
                source + " " + token,
                Map.of("ip", source, "token", token, "why", why, "path", shown(request))));
    }

    private Mono<Void> write(ObjectNode who, ObjectNode what, String outcome) {
        ObjectNode record = Json.object();
        record.set("who", who);
        record.set("what", what);
        return Mono.fromFuture(() -> recording.of("admin", record.put("outcome", outcome)))
                .then();
    }

    private static ObjectNode what(ServerHttpRequest request) {
        ObjectNode what =
                Json.object().put("method", request.getMethod().name()).put("path", shown(request));
        String query = request.getURI().getRawQuery();
        return query == null ? what : what.put("query", query);
    }

    private static String shown(ServerHttpRequest request) {
        return UNSHOWN.matcher(request.getPath().value()).replaceAll("/*");
    }
}
