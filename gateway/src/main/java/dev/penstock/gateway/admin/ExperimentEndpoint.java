package dev.penstock.gateway.admin;

import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Told;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.Settings;
import dev.penstock.experiment.tally.ExperimentView;
import dev.penstock.gateway.admin.AdminRole.Right;
import java.util.List;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /admin/experiments/{name}}. */
final class ExperimentEndpoint {

    private final CurrentSettings settings;
    private final ExperimentView experiments;

    ExperimentEndpoint(CurrentSettings settings, ExperimentView experiments) {
        this.settings = settings;
        this.experiments = experiments;
    }

    void add(AdminRoutes routes) {
        routes.get("/admin/experiments/{name}", Right.VIEW, this::experiment);
    }

    private Mono<ServerResponse> experiment(ServerRequest request) {
        Settings now = settings.get();
        ObjectNode body = experiments.of(request.pathVariable("name"), now).orElseThrow(() -> unknown(now));
        return Answers.ok(body.put("config", now.hash()));
    }

    private GatewayException unknown(Settings now) {
        List<String> known = List.copyOf(experiments.names(now));
        String expected = known.isEmpty() ? "none is declared" : "one of: " + String.join(", ", known);
        return new GatewayException(
                ErrorCode.ROUTE_UNKNOWN,
                Told.of("There is no such experiment in routes.yml (expected " + expected + ")."));
    }
}
