package dev.penstock.surface.content;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.Settings;
import dev.penstock.keys.Callers;
import dev.penstock.prompt.kind.Kind;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.surface.BuiltInAnswers;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/content} and {@code GET /v1/content/openapi.json}: what kinds there are, and how they are asked for. */
public final class KindsEndpoint implements WebHandler {

    static final String LIST = "/v1/content";
    static final String OPEN_API = LIST + "/openapi.json";

    private final CurrentSettings settings;
    private final Callers callers;
    private final BuiltInAnswers answers;
    private final Kinds kinds;

    public KindsEndpoint(CurrentSettings settings, Callers callers, BuiltInAnswers answers, Kinds kinds) {
        this.settings = settings;
        this.callers = callers;
        this.answers = answers;
        this.kinds = kinds;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange web) {
        return Mono.defer(() -> answer(web))
                .onErrorResume(GatewayException.class, failure -> answers.fail(web, failure));
    }

    private Mono<Void> answer(ServerWebExchange web) {
        ServerHttpRequest request = web.getRequest();
        if (request.getMethod() != HttpMethod.GET) {
            throw new GatewayException(ErrorCode.METHOD_UNKNOWN, Told.NOTHING.with("allow", "GET"));
        }
        Settings now = settings.get();
        boolean openApi = request.getPath().value().equals(OPEN_API);
        return callers.of(request, now)
                .flatMap(caller -> answers.write(web, now, openApi ? OpenApi.of(all()) : list()));
    }

    /** None where no route serves content. */
    private List<Kind> all() {
        return kinds.isLoaded() ? kinds.all() : List.of();
    }

    private ObjectNode list() {
        ObjectNode list = Json.object();
        ArrayNode to = list.putArray("kinds");
        for (Kind kind : all()) {
            ObjectNode line = to.addObject()
                    .put("kind", kind.name())
                    .put("live", kind.prompt().live());
            ArrayNode versions = line.putArray("versions");
            kind.prompt()
                    .versions()
                    .values()
                    .forEach(version ->
                            versions.addObject().put("version", version.name()).put("hash", version.hash()));
            line.set("input", kind.prompt().inputSchema());
            line.set("output", kind.outputSchema());
            line.set("example", kind.prompt().example());
        }
        return list;
    }
}
