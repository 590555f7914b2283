package dev.penstock.gateway.admin;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.keys.KeyForm;
import java.util.Set;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET/POST /admin/tokens}, {@code DELETE /admin/tokens/{id}}. */
final class TokenEndpoints {

    private final AdminTokens tokens;
    private final Changes changes;

    TokenEndpoints(AdminTokens tokens, Changes changes) {
        this.tokens = tokens;
        this.changes = changes;
    }

    void add(AdminRoutes routes) {
        routes.get("/admin/tokens", Right.ADMINISTER, request -> all());
        routes.post("/admin/tokens", Right.ADMINISTER, this::issue);
        routes.delete("/admin/tokens/{id}", Right.ADMINISTER, this::delete);
    }

    private Mono<ServerResponse> all() {
        ObjectNode body = Json.object();
        body.set("tokens", tokens.all());
        return Answers.ok(body);
    }

    private Mono<ServerResponse> issue(ServerRequest request) {
        return Body.of(request, Set.of("name", "role")).flatMap(body -> {
            String id = KeyForm.ADMIN.id();
            String name = body.required("name");
            AdminRole role = body.role("role");
            ObjectNode details =
                    Json.object().put("token", id).put("name", name).put("role", role.wire());
            return changes.make(request, "token.issue", details, () -> tokens.issue(id, name, role))
                    .flatMap(Changes::created);
        });
    }

    private Mono<ServerResponse> delete(ServerRequest request) {
        String id = request.pathVariable("id");
        if (id.equals(AdminTokens.FIRST)) {
            throw GatewayException.invalid(
                    "id",
                    "is the token that is given at the start",
                    "an issued one; change the given one where it is given");
        }
        ObjectNode details = Json.object().put("token", id.length() <= 40 ? id : "*");
        return changes.make(request, "token.delete", details, () -> tokens.delete(id))
                .flatMap(Answers::ok);
    }
}
