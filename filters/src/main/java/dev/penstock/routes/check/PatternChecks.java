package dev.penstock.routes.check;

import dev.penstock.keys.CallerSettings.ServiceConfig;
import dev.penstock.routes.bind.Names;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.util.Collection;

/** Checks which models a service may ask for: a pattern has one star at most, a name without one must exist. */
final class PatternChecks {

    private final Problems problems;
    private final Collection<String> models;
    private final Collection<String> providers;

    PatternChecks(Problems problems, Collection<String> models, Collection<String> providers) {
        this.problems = problems;
        this.models = models;
        this.providers = providers;
    }

    void check(ServiceConfig service, Tree at) {
        Tree list = at.nearest("models");
        for (int i = 0; i < service.models().size(); i++) {
            String pattern = service.models().get(i);
            Tree found = Lists.item(list, i);
            if (pattern.indexOf('*') != pattern.lastIndexOf('*')) {
                problems.add(found, found.kind() + " (expected: one * at most)");
            } else if (pattern.indexOf('*') < 0 && !exists(pattern)) {
                problems.add(found, Names.unknown("model", found, pattern, models));
            }
        }
    }

    private boolean exists(String name) {
        int slash = name.indexOf('/');
        return models.contains(name) || slash > 0 && providers.contains(name.substring(0, slash));
    }
}
