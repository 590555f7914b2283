package dev.penstock.experiment;

import dev.penstock.core.Json;
import dev.penstock.exchange.Variant;
import dev.penstock.experiment.ExperimentConfig.ArmConfig;
import dev.penstock.experiment.ExperimentConfig.StickyBy;
import dev.penstock.experiment.Experiments.Drawn;
import dev.penstock.experiment.Experiments.Running;
import dev.penstock.experiment.evidence.Scores;
import dev.penstock.prompt.kind.Kinds;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds the variant of one request, and why. */
final class Assignment {

    private static final String ROLLOUT = "rollout";
    private static final ObjectNode NOTHING = Json.object();

    private final Request request;
    private final Experiments experiments;
    private final Kinds kinds;
    private ObjectNode decision = NOTHING;

    Assignment(Request request, Experiments experiments, Kinds kinds) {
        this.request = request;
        this.experiments = experiments;
        this.kinds = kinds;
    }

    Variant variant() {
        Running running = experiment();
        Variant variant = Variant.NONE;
        if (running != null) {
            Drawn drawn = running.draw(request.key());
            variant = drawn.variant();
            decision = drawn.why();
        }
        return experiments.real().isAll() ? variant : variant.mockOnly(mockOnly());
    }

    /** Why, once it was asked for the variant; empty when there is nothing to tell. Nobody may change it. */
    ObjectNode decision() {
        return decision;
    }

    private boolean mockOnly() {
        Sticky drawn = Sticky.of(ROLLOUT, request.key().text(StickyBy.USER), Scores.GROUPS);
        boolean real = drawn.within(experiments.real().value());
        decision = decision.deepCopy().put(ROLLOUT, real ? "real" : "mock");
        return !real;
    }

    /** A call is in one experiment at most: its kind's, else its model's. What the caller pinned is not tried out. */
    private @Nullable Running experiment() {
        Running running = experiments.ofKind(request.kind());
        if (running == null || pins(running.config().arms().get(0))) {
            running = experiments.ofModel(model());
        }
        return running != null && isThere(running) ? running : null;
    }

    private boolean pins(ArmConfig arm) {
        return arm.model().isPresent()
                ? request.asked().namedModel().isPresent()
                : !Json.string(request.asked().body(), "prompt_version").isEmpty();
    }

    /** The folder of a kind may have changed since routes.yml was read: then nobody takes part, rather than only some. */
    private boolean isThere(Running running) {
        if (running.config().arms().get(0).promptVersion().isEmpty()) {
            return true;
        }
        var versions = kinds.get(request.kind()).prompt().versions().keySet();
        boolean all = running.config().arms().stream()
                .allMatch(arm -> versions.contains(arm.promptVersion().orElse("")));
        if (!all) {
            decision = Json.object().put("not_in", running.name()).put("why", "a prompt version of it is gone");
        }
        return all;
    }

    /** The name in {@code models:} that the request would go to. */
    private String model() {
        String ofKind =
                request.kind().isEmpty() ? "" : kinds.get(request.kind()).model();
        return request.asked().namedModel().orElse(ofKind.isEmpty() ? request.routeModel() : ofKind);
    }
}
