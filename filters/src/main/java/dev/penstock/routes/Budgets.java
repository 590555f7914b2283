package dev.penstock.routes;

import dev.penstock.budget.BudgetConfig;
import dev.penstock.budget.BudgetSettings;
import dev.penstock.experiment.shadow.ShadowSettings;
import dev.penstock.keys.CallerSettings.CallerKeyConfig;
import dev.penstock.routes.check.Sections;
import dev.penstock.upstream.ModelConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers the budgets that stand all over the file. */
final class Budgets {

    private Budgets() {}

    static BudgetSettings of(Sections sections) {
        Map<String, Map<String, BudgetConfig>> keys = new HashMap<>();
        sections.services().forEach((name, service) -> {
            Map<String, BudgetConfig> own = service.keys().stream()
                    .filter(key -> key.budget().filter(Budgets::limits).isPresent())
                    .collect(Collectors.toMap(
                            CallerKeyConfig::id, key -> key.budget().orElseThrow()));
            if (!own.isEmpty()) {
                keys.put(name, own);
            }
        });
        Map<String, BudgetConfig> services = some(sections.services(), service -> service.budget());
        some(sections.models(), model -> model.shadow().flatMap(ModelConfig.ShadowConfig::budget))
                .forEach((model, budget) -> services.put(ShadowSettings.service(model), budget));
        return new BudgetSettings(
                services,
                keys,
                some(sections.teams(), team -> team.budget()),
                some(sections.providers(), provider -> provider.budget()),
                sections.global().budget().filter(Budgets::limits),
                sections.models().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, model -> maxOutput(model.getValue()))),
                sections.degraded().budgets());
    }

    /** Not one whose amounts are all empty, such as a variable that is not set. */
    private static boolean limits(BudgetConfig config) {
        return !config.daily().isNone() || !config.monthly().isNone();
    }

    private static int maxOutput(ModelConfig model) {
        return model.maxOutput();
    }

    private static <T> Map<String, BudgetConfig> some(Map<String, T> all, Function<T, Optional<BudgetConfig>> budget) {
        Map<String, BudgetConfig> some = new HashMap<>();
        all.forEach(
                (name, each) -> budget.apply(each).filter(Budgets::limits).ifPresent(config -> some.put(name, config)));
        return some;
    }
}
