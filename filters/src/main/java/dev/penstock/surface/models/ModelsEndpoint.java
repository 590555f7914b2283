package dev.penstock.surface.models;

import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.Settings;
import dev.penstock.keys.Callers;
import dev.penstock.surface.BuiltInAnswers;
import dev.penstock.upstream.ModelConfig;
import dev.penstock.upstream.UpstreamSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/models} and {@code /v1/models/{id}}; an id may hold slashes. */
public final class ModelsEndpoint implements WebHandler {

    private static final String PATH = "/v1/models";

    private final CurrentSettings settings;
    private final Callers callers;
    private final BuiltInAnswers answers;
    private final Instant started;

    /** {@code started} is what the list gives as the models' time of creation. */
    public ModelsEndpoint(CurrentSettings settings, Callers callers, BuiltInAnswers answers, Instant started) {
        this.settings = settings;
        this.callers = callers;
        this.answers = answers;
        this.started = started;
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
        return callers.of(request, now).flatMap(caller -> answers.write(web, now, answer(caller, request, now)));
    }

    private ObjectNode answer(Caller caller, ServerHttpRequest request, Settings now) {
        UpstreamSettings upstreams = now.get(UpstreamSettings.class);
        String rest = request.getPath().value().substring(PATH.length());
        return rest.length() <= 1
                ? list(caller, upstreams)
                : one(UriUtils.decode(rest.substring(1), StandardCharsets.UTF_8), caller, upstreams);
    }

    private ObjectNode list(Caller caller, UpstreamSettings upstreams) {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode models = list.putArray("data");
        names(caller, upstreams).forEach(name -> models.add(model(name)));
        return list;
    }

    private ObjectNode one(String id, Caller caller, UpstreamSettings upstreams) {
        int slash = id.indexOf('/');
        boolean direct = slash > 0 && upstreams.providers().containsKey(id.substring(0, slash));
        if ((direct || upstreams.models().containsKey(id)) && caller.mayUse(id)) {
            return model(id);
        }
        List<String> known = names(caller, upstreams);
        String message = "There is no such model (expected one of: " + String.join(", ", known) + ").";
        throw new GatewayException(
                ErrorCode.MODEL_UNKNOWN, Told.param("model", message).with("models", known));
    }

    private static List<String> names(Caller caller, UpstreamSettings upstreams) {
        return upstreams.models().entrySet().stream()
                .filter(model -> caller.mayUse(model.getKey()) && served(model.getValue(), upstreams))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean served(ModelConfig model, UpstreamSettings upstreams) {
        return model.targets().stream()
                .anyMatch(target -> upstreams.providers().get(target.provider()).usable());
    }

    private ObjectNode model(String id) {
        return Json.object()
                .put("id", id)
                .put("object", "model")
                .put("created", started.getEpochSecond())
                .put("owned_by", "penstock");
    }
}
