package dev.penstock.gateway.admin;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.keys.CallerSettings;
import dev.penstock.keys.KeyDesk;
import dev.penstock.keys.KeyForm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET/POST /admin/keys}, {@code POST /admin/keys/{id}/{revoke,rotate}}. */
final class KeyEndpoints {

    private static final Duration OVERLAP = Duration.ofDays(1);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(90);

    private final CurrentSettings settings;
    private final KeyDesk desk;
    private final Changes changes;
    private final Clock clock;

    KeyEndpoints(CurrentSettings settings, KeyDesk desk, Changes changes, Clock clock) {
        this.settings = settings;
        this.desk = desk;
        this.changes = changes;
        this.clock = clock;
    }

    void add(AdminRoutes routes) {
        routes.get("/admin/keys", Right.VIEW, request -> all());
        routes.post("/admin/keys", Right.ADMINISTER, this::issue);
        routes.post("/admin/keys/{id}/revoke", Right.ADMINISTER, this::revoke);
        routes.post("/admin/keys/{id}/rotate", Right.ADMINISTER, this::rotate);
    }

    private Mono<ServerResponse> all() {
        ObjectNode body = Json.object();
        body.set("keys", desk.all(settings.get()));
        return Answers.ok(body);
    }

    private Mono<ServerResponse> issue(ServerRequest request) {
        return Body.of(request, Set.of("service", "name", "expires")).flatMap(body -> {
            KeyDesk.Wanted wanted = new KeyDesk.Wanted(
                    KeyForm.CALLER.id(), service(body), body.text("name"), body.until("expires", clock));
            ObjectNode details = Json.object()
                    .put("key", wanted.id())
                    .put("service", wanted.service())
                    .put("name", wanted.name())
                    .put("expires", wanted.expires().map(Instant::toString).orElse(null));
            return changes.make(request, "key.issue", details, () -> desk.issue(wanted))
                    .flatMap(Changes::created);
        });
    }

    private String service(Body body) {
        String service = body.required("service");
        Set<String> declared =
                settings.get().get(CallerSettings.class).services().keySet();
        if (!declared.contains(service)) {
            String known = String.join(", ", new TreeSet<>(declared));
            throw GatewayException.invalid("service", "is not declared in routes.yml", "one of " + known);
        }
        return service;
    }

    private Mono<ServerResponse> revoke(ServerRequest request) {
        String id = request.pathVariable("id");
        return Body.of(request, Set.of())
                .flatMap(body -> changes.make(
                        request, "key.revoke", Json.object().put("key", id(id)), () -> desk.revoke(id, settings.get())))
                .flatMap(Answers::ok);
    }

    private Mono<ServerResponse> rotate(ServerRequest request) {
        String id = request.pathVariable("id");
        return Body.of(request, Set.of("overlap"))
                .flatMap(body -> {
                    Duration overlap = body.duration("overlap", OVERLAP, LONGEST_OVERLAP);
                    if (id.indexOf(':') >= 0) {
                        throw GatewayException.invalid(
                                "id",
                                "is that of a declared key",
                                "an issued one; a declared key is changed in routes.yml");
                    }
                    ObjectNode details = Json.object().put("key", id(id)).put("overlap", overlap.toString());
                    return changes.make(request, "key.rotate", details, () -> desk.rotate(id, overlap));
                })
                .flatMap(Answers::ok);
    }

    /** As records may show it: what is longer may be a key. */
    private static String id(String id) {
        return Optional.of(id).filter(it -> it.length() <= 40).orElse("*");
    }
}
