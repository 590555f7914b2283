package dev.penstock.guard;

import dev.penstock.core.Caller;
import dev.penstock.core.Json;
import dev.penstock.exchange.Step;
import dev.penstock.guard.GuardrailConfig.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The verdicts of controls that a call did not come to: refused before, or on a route without their step. Thread-safe. */
public final class UnreachedControls implements Function<Caller, Map<Step, ObjectNode>> {

    private static final String WHY = "the call ended before it, or its step is not on the route";

    private final GuardSettings settings;
    private final PerCaller<Map<Step, ObjectNode>> known;

    public UnreachedControls(GuardSettings settings) {
        this.settings = settings;
        this.known = new PerCaller<>(settings, this::decisions);
    }

    @Override
    public Map<Step, ObjectNode> apply(Caller caller) {
        return known.of(caller);
    }

    private Map<Step, ObjectNode> decisions(List<String> names) {
        Map<Step, ObjectNode> decisions = new EnumMap<>(Step.class);
        Map.of(Step.GUARD_INPUT, Phase.INPUT, Step.GUARD_OUTPUT, Phase.OUTPUT).forEach((step, phase) -> {
            ObjectNode decision = decision(names, phase);
            if (!decision.path("controls").isEmpty()) {
                decisions.put(step, decision);
            }
        });
        return decisions;
    }

    private ObjectNode decision(List<String> names, Phase phase) {
        ObjectNode decision = Json.object();
        ArrayNode controls = decision.putArray("controls");
        for (String name : names) {
            for (GuardrailConfig config : settings.guardrails().get(name)) {
                if (config.phase().has(phase)) {
                    controls.add(
                            Verdict.head(name, config).put("verdict", "skipped").put("why", WHY));
                }
            }
        }
        return decision;
    }
}
