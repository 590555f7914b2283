package dev.penstock.gateway.admin;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.keys.KeyForm;
import dev.penstock.keys.Pepper;
import dev.penstock.store.register.Register;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tokens of administrators: the first, which is given at the start, and those that were issued. Thread-safe; never waits. */
final class AdminTokens implements Visitors {

    private static final Duration SOON = Duration.ofSeconds(1);

    /** What the first one is called. */
    static final String FIRST = "first";

    private final AdminToken first;
    private final Register register;
    private final Pepper pepper;
    private final Clock clock;

    AdminTokens(AdminToken first, Register register, Pepper pepper, Clock clock) {
        this.first = first;
        this.register = register;
        this.pepper = pepper;
        this.clock = clock;
    }

    /**
     * Whose token this is; empty for one that is unknown or was deleted. One of the right form that is not known here is looked for
     * first, since another instance may just have issued it; fails when nobody can say.
     */
    @Override
    public Mono<Visitor> of(String token) {
        Optional<Visitor> known = owner(token);
        if (known.isPresent() || KeyForm.ADMIN.id(token).isEmpty()) {
            return Mono.justOrEmpty(known);
        }
        return Mono.fromFuture(register::refresh)
                .onErrorMap(away -> new GatewayException(
                        ErrorCode.OVERLOADED,
                        Told.of("Tokens cannot be looked up now; see Retry-After.")
                                .after(SOON)))
                .then(Mono.defer(() -> Mono.justOrEmpty(owner(token))));
    }

    private Optional<Visitor> owner(String token) {
        if (first.is(token)) {
            return Optional.of(new Visitor(FIRST, AdminRole.ADMIN));
        }
        return KeyForm.ADMIN
                .id(token)
                // before the first read others may have deleted it: then it is looked for
                .filter(id -> register.isKnown())
                .flatMap(id -> Optional.ofNullable(register.all().get(id))
                        .filter(document -> isLive(document) && pepper.isOf(Json.string(document, "digest"), token))
                        .map(document -> new Visitor(id, role(Json.string(document, "role")))));
    }

    /** Issues one; the answer holds it under {@code token}, as no other answer ever will. */
    CompletableFuture<ObjectNode> issue(String id, String name, AdminRole role) {
        String token = KeyForm.ADMIN.secret(id);
        return register.change(
                        id,
                        nothing -> Json.object()
                                .put("name", name)
                                .put("role", role.wire())
                                .put("digest", pepper.digest(token))
                                .put("created", clock.instant().toString()))
                .thenApply(kept -> view(id, kept).put("token", token));
    }

    CompletableFuture<ObjectNode> delete(String id) {
        return register.change(id, before -> {
                    if (before == null || !isLive(before)) {
                        throw new GatewayException(
                                ErrorCode.ROUTE_UNKNOWN,
                                Told.of("There is no token of this id (expected: one that GET /admin/tokens shows)."));
                    }
                    return before.put("deleted", clock.instant().toString()).put("digest", "");
                })
                .thenApply(kept -> view(id, kept));
    }

    /** Those that are live; never a token or what is stored of one. */
    ArrayNode all() {
        ArrayNode tokens = Json.object().putArray("tokens");
        tokens.addObject()
                .put("id", FIRST)
                .put("name", first.source())
                .put("role", AdminRole.ADMIN.wire())
                .put("source", "given");
        register.all().entrySet().stream()
                .filter(entry -> isLive(entry.getValue()))
                .sorted(Comparator.comparing(
                        (Map.Entry<String, ObjectNode> entry) -> Json.string(entry.getValue(), "created")))
                .forEach(entry -> tokens.add(view(entry.getKey(), entry.getValue())));
        return tokens;
    }

    private static ObjectNode view(String id, ObjectNode document) {
        ObjectNode view = Json.object()
                .put("id", id)
                .put("name", Json.string(document, "name"))
                .put("role", Json.string(document, "role"))
                .put("source", "issued")
                .put("created", Json.string(document, "created"));
        return isLive(document) ? view : view.put("deleted", Json.string(document, "deleted"));
    }

    private static boolean isLive(ObjectNode document) {
        return Json.string(document, "deleted").isEmpty();
    }

    private static AdminRole role(String word) {
        return AdminRole.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
