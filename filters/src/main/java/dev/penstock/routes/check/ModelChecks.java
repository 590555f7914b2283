package dev.penstock.routes.check;

import dev.penstock.routes.bind.Names;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.upstream.ModelConfig;
import dev.penstock.upstream.ModelConfig.ShadowConfig;
import dev.penstock.upstream.ModelConfig.TargetConfig;
import java.util.Collection;
import java.util.List;

/** Checks one entry of {@code models:}. */
final class ModelChecks {

    private static final List<Rule<ShadowConfig>> SHADOW = List.of(Rule.within("share", ShadowConfig::share, 0, 100));

    private final Problems problems;
    private final Collection<String> providers;

    ModelChecks(Problems problems, Collection<String> providers) {
        this.problems = problems;
        this.providers = providers;
    }

    void check(String name, ModelConfig model, Tree at) {
        if (name.equals("any")) {
            problems.add(at, "a model cannot be called 'any' (expected: another name, since llm://any means none)");
        }
        model.shadow().ifPresent(shadow -> shadow(shadow, at.nearest("shadow")));
        if (model.targets().isEmpty()) {
            problems.add(at.nearest("targets"), "no targets (expected: at least one)");
        }
        if (model.maxOutput() < 1) {
            Tree most = at.nearest("max-output");
            problems.add(most, most.kind() + " (expected: 1 or more)");
        }
        for (int i = 0; i < model.targets().size(); i++) {
            target(model.targets().get(i), Lists.item(at.nearest("targets"), i));
        }
    }

    private void shadow(ShadowConfig shadow, Tree at) {
        if (shadow.to().indexOf('/') < 1 || shadow.model().isBlank()) {
            problems.add(at.nearest("to"), at.nearest("to").kind() + " (expected: a target, provider/model)");
        } else if (!providers.contains(shadow.provider())) {
            Tree found = at.nearest("to");
            problems.add(found, Names.unknown("provider", found, shadow.provider(), providers));
        }
        Rule.check(SHADOW, shadow, at, problems);
    }

    private void target(TargetConfig target, Tree at) {
        if (!providers.contains(target.provider())) {
            Tree found = at.nearest("provider");
            problems.add(found, Names.unknown("provider", found, target.provider(), providers));
        }
        if (target.model().isBlank()) {
            problems.add(
                    at.nearest("model"), at.nearest("model").kind() + " (expected: the provider's name of a model)");
        }
    }
}
