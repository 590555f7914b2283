package dev.penstock.gateway.admin;

import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.gateway.admin.AdminRole.Right;
import dev.penstock.usage.UsageView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /admin/usage?by=service,team,model,provider,kind&from&to&step}. */
final class UsageEndpoint {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_STEPS = 10_000;

    private final UsageView usage;
    private final Clock clock;

    UsageEndpoint(UsageView usage, Clock clock) {
        this.usage = usage;
        this.clock = clock;
    }

    void add(AdminRoutes routes) {
        routes.get("/admin/usage", Right.VIEW, this::usage);
    }

    private Mono<ServerResponse> usage(ServerRequest request) {
        Query asked = new Query(request);
        Instant to = asked.instant("to", clock.instant());
        Instant from = asked.instant("from", to.minus(DAY));
        Duration step = asked.hours("step", DAY);
        if (Duration.between(from, to).dividedBy(step) > MOST_STEPS) {
            throw GatewayException.invalid("step", "is too short for the time", "at most " + MOST_STEPS + " steps");
        }
        ObjectNode body = Json.object().put("from", from.toString()).put("to", to.toString());
        return usage.rows(asked.words("by", UsageView.By.class, List.of()), from, to, step)
                .flatMap(found -> {
                    body.put("instances", found.instances()).put("complete", found.complete());
                    body.set("rows", found.rows());
                    return Answers.ok(body);
                });
    }
}
