package dev.penstock.gateway.admin;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.upstream.ProviderDesk;
import dev.penstock.upstream.UpstreamSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /admin/providers}, keys of providers by reference, and breakers by hand. */
final class ProviderEndpoints {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final String ONE = "/admin/providers/{name}/keys/{id}/";

    private final CurrentSettings settings;
    private final ProviderDesk desk;
    private final Changes changes;

    ProviderEndpoints(CurrentSettings settings, ProviderDesk desk, Changes changes) {
        this.settings = settings;
        this.desk = desk;
        this.changes = changes;
    }

    void add(AdminRoutes routes) {
        routes.get(
                "/admin/providers",
                Right.VIEW,
                request -> Answers.ok(desk.all(settings.get().get(UpstreamSettings.class))));
        routes.post("/admin/providers/{name}/keys", Right.ADMINISTER, this::stage);
        routes.post(ONE + "test", Right.ADMINISTER, request -> change(request, "test", desk::test));
        routes.post(ONE + "promote", Right.ADMINISTER, request -> change(request, "promote", desk::promote));
        routes.post(ONE + "retire", Right.ADMINISTER, request -> change(request, "retire", desk::retire));
        for (String mode : List.of("open", "close", "auto")) {
            routes.post(
                    "/admin/providers/{name}/breaker/" + mode,
                    Right.OPERATE,
                    request -> change(request, "breaker." + mode, (name, id) -> desk.breaker(name, mode)));
        }
    }

    @FunctionalInterface
    private interface Act {

        CompletableFuture<ObjectNode> on(String provider, String id);
    }

    private Mono<ServerResponse> change(ServerRequest request, String action, Act act) {
        String provider = request.pathVariable("name");
        String id = request.pathVariables().getOrDefault("id", "");
        ObjectNode details = Json.object().put("provider", shown(provider)).put("key", shown(id));
        return Body.of(request, Set.of())
                .flatMap(none -> changes.make(request, "provider_key." + action, details, () -> act.on(provider, id)))
                .flatMap(Answers::ok);
    }

    private Mono<ServerResponse> stage(ServerRequest request) {
        String provider = request.pathVariable("name");
        return Body.of(request, Set.of("id", "env", "file", "replaces")).flatMap(body -> {
            ProviderDesk.Wanted wanted = new ProviderDesk.Wanted(id(body), reference(body), body.text("replaces"));
            ObjectNode details = Json.object().put("provider", shown(provider)).put("key", wanted.id());
            details.setAll(wanted.reference());
            return changes.make(request, "provider_key.stage", details, () -> desk.stage(provider, wanted))
                    .flatMap(Changes::created);
        });
    }

    private static String id(Body body) {
        String id = body.required("id");
        if (!ID.matcher(id).matches()) {
            throw GatewayException.invalid("id", "is no id", "at most 40 letters, digits, '.', '_' and '-'");
        }
        return id;
    }

    /** A reference, never a value: what travels over HTTP may be kept by whatever is in between. */
    private static ObjectNode reference(Body body) {
        String env = body.text("env");
        String file = body.text("file");
        if (env.isEmpty() == file.isEmpty()) {
            throw GatewayException.invalid(
                    "env",
                    env.isEmpty() ? "and 'file' are missing" : "and 'file' are both there",
                    "exactly one of env, file");
        }
        return env.isEmpty() ? Json.object().put("file", file) : Json.object().put("env", env);
    }

    /** As records may show it: what has another form may be a key. */
    private static String shown(String word) {
        return ID.matcher(word).matches() ? word : "*";
    }
}
