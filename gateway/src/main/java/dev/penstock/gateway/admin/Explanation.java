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
import dev.penstock.exchange.Variant;
import dev.penstock.experiment.VariantView;
import dev.penstock.guard.GuardView;
import dev.penstock.keys.CallerSettings;
import dev.penstock.keys.Callers;
import dev.penstock.limit.LimitView;
import dev.penstock.pricing.Price;
import dev.penstock.pricing.Prices;
import dev.penstock.prompt.PromptView;
import dev.penstock.routes.RoutesView;
import dev.penstock.surface.chat.ChatSurface;
import dev.penstock.surface.own.Standings;
import dev.penstock.upstream.TargetsView;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what would become of a request: who asks, what limits and budgets hold, which targets it would go to and why. */
public final class Explanation {

    private final CurrentSettings settings;
    private final ChatSurface chat;
    private final PromptView prompts;
    private final VariantView variants;
    private final RoutesView routes;
    private final TargetsView targets;
    private final LimitView limits;
    private final BudgetView budgets;
    private final Clock clock;

    public Explanation(
            CurrentSettings settings,
            ChatSurface chat,
            PromptView prompts,
            VariantView variants,
            RoutesView routes,
            TargetsView targets,
            LimitView limits,
            BudgetView budgets,
            Clock clock) {
        this.settings = settings;
        this.chat = chat;
        this.prompts = prompts;
        this.variants = variants;
        this.routes = routes;
        this.targets = targets;
        this.limits = limits;
        this.budgets = budgets;
        this.clock = clock;
    }

    /**
     * Who is taken to ask, and for what.
     *
     * @param service empty for the only one there is
     * @param key its id; empty for the first
     * @param kind of a content request; empty for a chat
     */
    public record Asking(String service, String key, String kind) {}

    /** Takes and sends nothing. */
    public Mono<ObjectNode> of(byte[] request, Asking asking) {
        return Mono.defer(() -> {
            Settings now = settings.get();
            Caller caller = caller(asking.service(), asking.key(), now);
            ObjectNode body = Json.object().put("config", now.hash());
            body.putObject("caller")
                    .put("service", caller.service())
                    .put("team", caller.team())
                    .put("key", caller.keyId());
            way(request, asking, caller, now, body);
            return budgets.of(caller, now).zipWith(limits.of(caller, now), (lines, levels) -> {
                Standings.budgets(lines, body.putArray("budgets"));
                Standings.limits(levels, body.putArray("limits"));
                guards(caller, now, body.putArray("guards"));
                return body;
            });
        });
    }

    private static void guards(Caller caller, Settings now, ArrayNode to) {
        GuardView.of(caller, now)
                .forEach(line -> to.addObject()
                        .put("guardrail", line.guardrail())
                        .put("rule", line.rule())
                        .put("phase", line.phase())
                        .put("action", line.action())
                        .put("on_error", line.onError()));
    }

    /** What it becomes, and where it goes. */
    private void way(byte[] request, Asking asking, Caller caller, Settings now, ObjectNode body) {
        boolean chats = asking.kind().isEmpty();
        Asked sent = chats ? chat.read(request, Json.LENIENT_DEPTH) : content(PromptEndpoints.object(request));
        String user = chats ? Json.string(sent.body(), "user") : "";
        String routeModel = routes.routeModel(parser(asking));
        VariantView.Line variant = variants.of(caller, user, sent, asking.kind(), routeModel, now);
        body.set("variant", variant.decision());
        Asked asked = chats ? sent : rendered(sent.body(), asking.kind(), variant.variant(), body.putObject("prompt"));
        String model = asked.namedModel().orElse(routeModel);
        body.put("model", model).put("may_use", sent.namedModel().isEmpty() || caller.mayUse(model));
        weight(asked.weight(), body.putObject("weight"));
        List<TargetsView.Line> lines = targets.of(model, variant.variant(), asked, caller, now);
        lines(lines, now, body.putArray("targets"));
    }

    private static String parser(Asking asking) {
        return asking.kind().isEmpty() ? "ParseChat" : "ParseContent";
    }

    private static Asked content(ObjectNode request) {
        return Asked.content(Json.string(request, "model"), request, false);
    }

    private Asked rendered(ObjectNode request, String kind, Variant variant, ObjectNode to) {
        if (!variant.promptVersion().isEmpty()) {
            request.put("prompt_version", variant.promptVersion());
        }
        PromptView.Line line = prompts.of(kind, request);
        to.put("kind", line.kind()).put("version", line.version()).put("hash", line.hash());
        return line.asked();
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

    private void lines(List<TargetsView.Line> lines, Settings now, ArrayNode to) {
        Prices prices = now.get(Prices.class);
        for (TargetsView.Line line : lines) {
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
