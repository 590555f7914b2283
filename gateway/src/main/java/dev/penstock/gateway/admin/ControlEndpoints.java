package dev.penstock.gateway.admin;

import dev.penstock.budget.BudgetView;
import dev.penstock.core.Json;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.limit.LimitView;
import dev.penstock.surface.own.Standings;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /admin/budgets}, {@code GET /admin/limits}, {@code POST /admin/explain}. */
final class ControlEndpoints {

    private final CurrentSettings settings;
    private final BudgetView budgets;
    private final LimitView limits;
    private final Explanation explanation;

    ControlEndpoints(CurrentSettings settings, BudgetView budgets, LimitView limits, Explanation explanation) {
        this.settings = settings;
        this.budgets = budgets;
        this.limits = limits;
        this.explanation = explanation;
    }

    void add(AdminRoutes routes) {
        routes.get("/admin/budgets", Right.VIEW, request -> budgets());
        routes.get("/admin/limits", Right.VIEW, request -> limits());
        routes.post("/admin/explain", Right.OPERATE, this::explain);
    }

    private Mono<ServerResponse> explain(ServerRequest request) {
        Query asked = new Query(request);
        return request.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> explanation.of(
                        body, new Explanation.Asking(asked.word("service"), asked.word("key"), asked.word("kind"))))
                .flatMap(Answers::ok);
    }

    private Mono<ServerResponse> budgets() {
        return budgets.all(settings.get()).flatMap(lines -> {
            ObjectNode body = Json.object();
            Standings.budgets(lines, body.putArray("budgets"));
            return Answers.ok(body);
        });
    }

    private Mono<ServerResponse> limits() {
        return limits.all(settings.get()).flatMap(levels -> {
            ObjectNode body = Json.object();
            Standings.limits(levels, body.putArray("limits"));
            return Answers.ok(body);
        });
    }
}
