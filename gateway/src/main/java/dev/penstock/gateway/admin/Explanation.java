package dev.penstock.gateway.admin;

import dev.penstock.budget.BudgetView;
import dev.penstock.core.Asked;
import dev.penstock.core.Caller;
import dev.penstock.core.ErrorCode;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Told;
import dev.penstock.core.Weight;
import dev.penstock.exchange.CurrentSettings;
import dev.penstock.exchange.Settings;
import dev.penstock.keys.CallerSettings;
import dev.penstock.keys.Callers;
import dev.penstock.limit.LimitView;
import dev.penstock.pricing.Price;
import dev.penstock.pricing.Prices;
import dev.penstock.surface.chat.ChatSurface;
import dev.penstock.surface.own.Standings;
import dev.penstock.upstream.TargetsView;
import java.time.Clock;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what would become of a chat request: who asks, what limits and budgets hold, which targets it would go to and why. */
public final class Explanation {

    private final CurrentSettings settings;
    private final ChatSurface chat;
    private final TargetsView targets;
    private final LimitView limits;
    private final BudgetView budgets;
    private final Clock clock;

    public Explanation(
            CurrentSettings settings,
            ChatSurface chat,
            TargetsView targets,
            LimitView limits,
            BudgetView budgets,
            Clock clock) {
        this.settings = settings;
        this.chat = chat;
        this.targets = targets;
        this.limits = limits;
        this.budgets = budgets;
        this.clock = clock;
    }

    /**
     * Takes and sends nothing.
     *
     * @param service empty for the only one there is
     * @param keyId empty for its first key
     */
    public Mono<ObjectNode> of(byte[] request, String service, String keyId) {
        return Mono.defer(() -> {
            Settings now = settings.get();
            Caller caller = caller(service, keyId, now);
            Asked asked = chat.read(request, Json.LENIENT_DEPTH);
            ObjectNode body = Json.object().put("config", now.hash());
            body.putObject("caller")
                    .put("service", caller.service())
                    .put("team", caller.team())
                    .put("key", caller.keyId());
            body.put("model", asked.model()).put("may_use", caller.mayUse(asked.model()));
            weight(asked.weight(), body.putObject("weight"));
            targets(asked, request.length, caller, now, body.putArray("targets"));
            Standings.budgets(budgets.of(caller, now), body.putArray("budgets"));
            return limits.of(caller, now).map(levels -> {
                Standings.limits(levels, body.putArray("limits"));
                return body;
            });
        });
    }

    private static Caller caller(String service, String keyId, Settings now) {
        var known = now.get(CallerSettings.class).services().keySet();
        String name = service.isEmpty() && known.size() == 1 ? known.iterator().next() : service;
        return Callers.named(name, keyId, now)
                .orElseThrow(() -> new GatewayException(
                        ErrorCode.REQUEST_INVALID,
                        Told.param(
                                "service",
                                "There is no such service or key (expected: service=… and perhaps key=…; services: "
                                        + String.join(", ", known) + ").")));
    }

    private static void weight(Weight weight, ObjectNode to) {
        to.put("input_tokens_estimate", weight.inputEstimate())
                .put("input_tokens_at_most", weight.inputCeiling())
                .put("output_cap", weight.outputCap());
    }

    private void targets(Asked asked, int bytes, Caller caller, Settings now, ArrayNode to) {
        Prices prices = now.get(Prices.class);
        for (TargetsView.Line line : targets.of(asked.model(), asked, bytes, caller, now)) {
            ObjectNode target = to.addObject().put("provider", line.provider()).put("model", line.model());
            target.put("tried", line.why().isEmpty());
            if (!line.why().isEmpty()) {
                target.put("passed_over", line.why());
            }
            Optional<Price> price = prices.of(line.provider(), line.model(), clock.instant());
            target.put("price", price.map(Price::id).orElse("unknown"));
        }
    }
}
