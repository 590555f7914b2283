package dev.penstock.routes.check;

import dev.penstock.experiment.ExperimentConfig;
import dev.penstock.experiment.ExperimentConfig.ArmConfig;
import dev.penstock.prompt.kind.Kinds;
import dev.penstock.prompt.template.PromptException;
import dev.penstock.routes.bind.Names;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Checks the entries of {@code experiments:}, each alone and against the others. */
final class ExperimentChecks {

    private static final List<Rule<ArmConfig>> ARM = List.of(Rule.within("weight", ArmConfig::weight, 1, 1_000_000));
    private static final List<Rule<ExperimentConfig>> STOP =
            List.of(Rule.within("stop.scores", it -> it.stop().scores(), 100, 1_000_000_000));

    private final Problems problems;
    private final Collection<String> models;
    private final Supplier<Kinds> kinds;
    private final Map<String, Tree> scopes = new HashMap<>();

    /** {@code kinds} is asked only for an experiment that names one. */
    ExperimentChecks(Problems problems, Collection<String> models, Supplier<Kinds> kinds) {
        this.problems = problems;
        this.models = models;
        this.kinds = kinds;
    }

    void check(ExperimentConfig experiment, Tree at) {
        if (experiment.kind().isPresent() == experiment.model().isPresent()) {
            problems.add(
                    at,
                    "an experiment with " + (experiment.kind().isPresent() ? "both" : "neither")
                            + " kind and model (expected: exactly one of kind, model)");
            return;
        }
        Set<String> versions = experiment
                .kind()
                .map(kind -> versions(kind, at.nearest("kind")))
                .orElse(Set.of());
        experiment.model().ifPresent(model -> known(model, at.nearest("model")));
        once(experiment, at);
        arms(experiment, versions, at.nearest("arms"));
        Rule.check(STOP, experiment, at, problems);
    }

    /** Two experiments over the same calls would be one upon the other. */
    private void once(ExperimentConfig experiment, Tree at) {
        String scope = experiment
                .kind()
                .map(kind -> "kind " + kind)
                .orElse("model " + experiment.model().orElse(""));
        Tree first = scopes.putIfAbsent(scope, at);
        if (first != null) {
            problems.add(
                    at,
                    "of the same calls as " + first.path() + " at " + first.place()
                            + " (expected: one experiment for a kind or model)");
        }
    }

    private Set<String> versions(String kind, Tree at) {
        try {
            Set<String> known = kinds.get().names();
            if (known.contains(kind)) {
                return kinds.get().get(kind).prompt().versions().keySet();
            }
            problems.add(at, Names.unknown("kind", at, kind, known));
        } catch (PromptException unreadable) {
            problems.add(at, "a kind whose prompts cannot be read: " + unreadable.getMessage());
        }
        return Set.of();
    }

    private void known(String model, Tree at) {
        if (!models.contains(model)) {
            problems.add(at, Names.unknown("model", at, model, models));
        }
    }

    private void arms(ExperimentConfig experiment, Set<String> versions, Tree list) {
        List<ArmConfig> arms = experiment.arms();
        if (arms.size() < 2) {
            problems.add(list, arms.size() + " arms (expected: at least 2)");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < arms.size(); i++) {
            Tree at = Lists.item(list, i);
            Rule.check(ARM, arms.get(i), at, problems);
            if (shaped(arms.get(i), arms.get(0), experiment, at)) {
                gives(arms.get(i), experiment.kind(), versions, at);
                if (!names.add(arms.get(i).name())) {
                    problems.add(at, "the same arm twice (expected: one of them)");
                }
            }
        }
    }

    private boolean shaped(ArmConfig arm, ArmConfig first, ExperimentConfig experiment, Tree at) {
        if (arm.promptVersion().isPresent() == arm.model().isPresent()) {
            problems.add(
                    at,
                    "an arm with " + (arm.model().isPresent() ? "both" : "neither")
                            + " prompt_version and model (expected: exactly one of prompt_version, model)");
            return false;
        }
        if (arm.promptVersion().isPresent() && experiment.kind().isEmpty()) {
            problems.add(at.nearest("prompt_version"), "has no effect here (expected: model, or kind beside arms)");
            return false;
        }
        if (arm.model().isPresent() != first.model().isPresent()) {
            problems.add(at, "another sort of arm than the first (expected: all prompt_version or all model)");
            return false;
        }
        return true;
    }

    private void gives(ArmConfig arm, Optional<String> kind, Set<String> versions, Tree at) {
        arm.model().ifPresent(model -> known(model, at.nearest("model")));
        arm.promptVersion()
                .filter(version -> !versions.isEmpty() && !versions.contains(version))
                .ifPresent(version -> problems.add(
                        at.nearest("prompt_version"),
                        Names.unknown(
                                "prompt version of " + kind.orElse(""),
                                at.nearest("prompt_version"),
                                version,
                                versions)));
    }
}
