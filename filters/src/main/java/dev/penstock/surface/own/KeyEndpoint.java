package dev.penstock.surface.own;

import dev.penstock.budget.BudgetView;
import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.Settings;
import dev.penstock.keys.Callers;
import dev.penstock.limit.LimitView;
import dev.penstock.surface.BuiltInAnswers;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The caller's own limits, spend and resets. */
final class KeyEndpoint implements WebHandler {

    private final CurrentSettings settings;
    private final Callers callers;
    private final LimitView limits;
    private final BudgetView budgets;
    private final BuiltInAnswers answers;

    KeyEndpoint(
            CurrentSettings settings, Callers callers, LimitView limits, BudgetView budgets, BuiltInAnswers answers) {
        this.settings = settings;
        this.callers = callers;
        this.limits = limits;
        this.budgets = budgets;
        this.answers = answers;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange web) {
        return Mono.defer(() -> answer(web))
                .onErrorResume(GatewayException.class, failure -> answers.fail(web, failure));
    }

    private Mono<Void> answer(ServerWebExchange web) {
        if (web.getRequest().getMethod() != HttpMethod.GET) {
            throw new GatewayException(ErrorCode.METHOD_UNKNOWN, Told.NOTHING.with("allow", "GET"));
        }
        Settings now = settings.get();
        return callers.of(web.getRequest(), now)
                .flatMap(caller -> body(caller, now))
                .flatMap(body -> answers.write(web, now, body));
    }

    private Mono<ObjectNode> body(Caller caller, Settings now) {
        ObjectNode body = Json.object()
                .put("service", caller.service())
                .put("team", caller.team())
                .put("key", caller.keyId());
        caller.models().forEach(body.putArray("models")::add);
        return budgets.of(caller, now).zipWith(limits.of(caller, now), (lines, levels) -> {
            Standings.budgets(lines, body.putArray("budgets"));
            Standings.limits(levels, body.putArray("limits"));
            return body;
        });
    }
}
