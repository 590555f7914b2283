package dev.penstock.gateway.admin;

import dev.penstock.core.Json;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.prompt.PromptView;
import dev.penstock.routes.RoutesControl;
import dev.penstock.routes.RoutesReport;
import dev.penstock.routes.RoutesView;
import dev.penstock.routes.file.Problem;
import dev.penstock.store.Bulletin;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /admin/config}, {@code POST /admin/config/validate}, {@code POST /admin/config/reload}. */
final class ConfigEndpoints {

    private final RoutesView view;
    private final RoutesControl control;
    private final PromptView prompts;
    private final Optional<Bulletin> fleet;

    ConfigEndpoints(RoutesView view, RoutesControl control, PromptView prompts, Optional<Bulletin> fleet) {
        this.view = view;
        this.control = control;
        this.prompts = prompts;
        this.fleet = fleet;
    }

    void add(AdminRoutes routes) {
        routes.get("/admin/config", Right.VIEW, request -> Answers.read(this::inForce));
        routes.post("/admin/config/validate", Right.OPERATE, this::validate);
        routes.post("/admin/config/reload", Right.OPERATE, request -> report(Mono.fromCallable(control::reload)));
    }

    private ObjectNode inForce() {
        ObjectNode body = Json.object()
                .put("file", view.file())
                .put("hash", view.hash())
                .put("since", view.loadedAt().toString());
        strings(view.warnings(), body.putArray("warnings"));
        view.refusal()
                .ifPresentOrElse(
                        refusal -> {
                            ObjectNode refused = body.putObject("refused")
                                    .put("at", refusal.at().toString());
                            problems(refusal.problems(), refused.putArray("problems"));
                        },
                        () -> body.putNull("refused"));
        strings(prompts.refused(), body.putObject("prompts").putArray("refused"));
        fleet.ifPresent(it -> {
            ObjectNode instances = body.putObject("instances");
            new TreeMap<>(it.last().configurations()).forEach(instances::put);
        });
        return body;
    }

    private Mono<ServerResponse> validate(ServerRequest request) {
        return report(
                request.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).map(control::validate));
    }

    /** 200 for a configuration that is right, 422 with its mistakes for one that is not. */
    private static Mono<ServerResponse> report(Mono<RoutesReport> made) {
        return made.subscribeOn(Schedulers.boundedElastic()).flatMap(report -> {
            ObjectNode body = Json.object().put("ok", report.ok());
            if (report.ok()) {
                body.put("hash", report.hash());
            }
            strings(report.warnings(), body.putArray("warnings"));
            problems(report.problems(), body.putArray("problems"));
            return ServerResponse.status(report.ok() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY)
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(Json.LENIENT_DEPTH.write(body));
        });
    }

    private static void strings(List<String> from, ArrayNode to) {
        from.forEach(to::add);
    }

    private static void problems(List<Problem> from, ArrayNode to) {
        from.forEach(problem -> to.addObject()
                .put("place", problem.place().toString())
                .put("path", problem.path())
                .put("message", problem.message()));
    }
}
