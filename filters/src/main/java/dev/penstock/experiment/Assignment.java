package dev.penstock.experiment;

import dev.penstock.core.Asked;
import dev.penstock.core.Json;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import dev.penstock.exchange.Step;
import dev.penstock.exchange.Variant;
import dev.penstock.experiment.ExperimentConfig.ArmConfig;
import dev.penstock.experiment.ExperimentConfig.StickyBy;
import dev.penstock.experiment.Experiments.Running;
import dev.penstock.experiment.evidence.Scores;
import dev.penstock.prompt.kind.Kinds;
import java.util.Locale;
import java.util.Optional;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import tools.jackson.databind.node.ObjectNode;

/** Finds the variant of one request, and leaves on the trail why. */
final class Assignment {

    private static final String ROLLOUT = "rollout";

    private final LlmExchange exchange;
    private final Asked asked;
    private final Experiments experiments;
    private final Kinds kinds;
    private final StickyKey key;
    private final ObjectNode decision = Json.object();

    Assignment(LlmExchange exchange, Experiments experiments, Kinds kinds) {
        this.exchange = exchange;
        this.asked = exchange.get(Fact.ASKED);
        this.experiments = experiments;
        this.kinds = kinds;
        this.key = StickyKey.of(exchange);
    }

    Variant variant() {
        Variant variant = experiment().map(this::arm).orElse(Variant.NONE).mockOnly(mockOnly());
        if (!decision.isEmpty()) {
            exchange.trail().decided(Step.ASSIGN_VARIANT, decision);
        }
        return variant;
    }

    private boolean mockOnly() {
        if (experiments.real().isAll()) {
            return false;
        }
        Sticky drawn = Sticky.of(ROLLOUT, key.text(StickyBy.USER), Scores.GROUPS);
        boolean real = drawn.within(experiments.real().value());
        decision.put(ROLLOUT, real ? "real" : "mock");
        return !real;
    }

    /** A call is in one experiment at most: its kind's, else its model's. What the caller pinned is not tried out. */
    private Optional<Running> experiment() {
        return experiments
                .ofKind(kind())
                .filter(running -> !pins(running.config().arms().get(0)))
                .or(() -> experiments.ofModel(model()))
                .filter(this::isThere);
    }

    private boolean pins(ArmConfig arm) {
        return arm.model().isPresent()
                ? asked.namedModel().isPresent()
                : !Json.string(asked.body(), "prompt_version").isEmpty();
    }

    /** The folder of a kind may have changed since routes.yml was read: then nobody takes part, rather than only some. */
    private boolean isThere(Running running) {
        if (running.config().arms().get(0).promptVersion().isEmpty()) {
            return true;
        }
        var versions = kinds.get(kind()).versions();
        boolean all = running.config().arms().stream()
                .allMatch(arm -> versions.contains(arm.promptVersion().orElse("")));
        if (!all) {
            decision.put("not_in", running.name()).put("why", "a prompt version of it is gone");
        }
        return all;
    }

    private Variant arm(Running running) {
        Sticky drawn = running.draw(key);
        ArmConfig arm = running.arm(drawn);
        StickyBy by = key.by(running.config().stickyBy());
        decision.put("experiment", running.name()).put("arm", arm.name());
        decision.put("sticky", by.name().toLowerCase(Locale.ROOT)).put("group", drawn.group());
        return new Variant(
                running.name(),
                arm.name(),
                arm.promptVersion().orElse(""),
                arm.model().orElse(""),
                false);
    }

    /** Empty for a request that is no content. */
    private String kind() {
        return asked.dialect().isEmpty()
                ? ServerWebExchangeUtils.getUriTemplateVariables(exchange.web()).getOrDefault("kind", "")
                : "";
    }

    /** The name in {@code models:} that the request would go to. */
    private String model() {
        String ofKind = kind().isEmpty() ? "" : kinds.get(kind()).model();
        return asked.namedModel().orElse(ofKind.isEmpty() ? exchange.routeModel() : ofKind);
    }
}
