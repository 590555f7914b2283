package dev.penstock.experiment;

import dev.penstock.core.Json;
import dev.penstock.exchange.Variant;
import dev.penstock.experiment.ExperimentConfig.ArmConfig;
import dev.penstock.experiment.ExperimentConfig.StickyBy;
import dev.penstock.experiment.Experiments.Running;
import dev.penstock.experiment.evidence.Scores;
import dev.penstock.prompt.kind.Kinds;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Finds the variant of one request, and why. */
final class Assignment {

    private static final String ROLLOUT = "rollout";

    private final Request request;
    private final Experiments experiments;
    private final Kinds kinds;
    private final ObjectNode decision = Json.object();

    Assignment(Request request, Experiments experiments, Kinds kinds) {
        this.request = request;
        this.experiments = experiments;
        this.kinds = kinds;
    }

    Variant variant() {
        return experiment().map(this::arm).orElse(Variant.NONE).mockOnly(mockOnly());
    }

    /** Why, once it was asked for the variant; empty when there is nothing to tell. */
    ObjectNode decision() {
        return decision;
    }

    private boolean mockOnly() {
        if (experiments.real().isAll()) {
            return false;
        }
        Sticky drawn = Sticky.of(ROLLOUT, request.key().text(StickyBy.USER), Scores.GROUPS);
        boolean real = drawn.within(experiments.real().value());
        decision.put(ROLLOUT, real ? "real" : "mock");
        return !real;
    }

    /** A call is in one experiment at most: its kind's, else its model's. What the caller pinned is not tried out. */
    private Optional<Running> experiment() {
        return experiments
                .ofKind(request.kind())
                .filter(running -> !pins(running.config().arms().get(0)))
                .or(() -> experiments.ofModel(model()))
                .filter(this::isThere);
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
            decision.put("not_in", running.name()).put("why", "a prompt version of it is gone");
        }
        return all;
    }

    private Variant arm(Running running) {
        Sticky drawn = running.draw(request.key());
        ArmConfig arm = running.arm(drawn);
        StickyBy by = request.key().by(running.config().stickyBy());
        decision.put("experiment", running.name()).put("arm", arm.name());
        decision.put("sticky", by.name().toLowerCase(Locale.ROOT)).put("group", drawn.group());
        return new Variant(
                running.name(),
                arm.name(),
                arm.promptVersion().orElse(""),
                arm.model().orElse(""),
                false);
    }

    /** The name in {@code models:} that the request would go to. */
    private String model() {
        String ofKind =
                request.kind().isEmpty() ? "" : kinds.get(request.kind()).model();
        return request.asked().namedModel().orElse(ofKind.isEmpty() ? request.routeModel() : ofKind);
    }
}
