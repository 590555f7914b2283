package dev.penstock.routes.check;

import dev.penstock.upstream.ModelConfig;
import dev.penstock.upstream.ProviderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is allowed, and may still not be what was meant. */
public final class Warnings {

    private Warnings() {}

    public static List<String> of(Sections sections) {
        List<String> warnings = new ArrayList<>();
        sections.providers().forEach((name, provider) -> {
            if (!provider.usable() && provider.enabled().stream().allMatch(Boolean::booleanValue)) {
                warnings.add("provider '" + name + "' is disabled: it has no key (expected: one in providers." + name
                        + ".keys, or auth: none)");
            }
        });
        sections.providers().forEach((name, provider) -> {
            if (provider.breaker().calls() > provider.breaker().window()) {
                warnings.add("providers." + name + ".breaker.window: "
                        + provider.breaker().window() + " is less than breaker.minimum (taken: "
                        + provider.breaker().calls() + ")");
            }
        });
        sections.models().forEach((name, model) -> {
            if (!answerable(model, sections.providers())) {
                warnings.add("model '" + name + "' cannot be answered: none of its targets has a usable provider");
            }
        });
        return List.copyOf(warnings);
    }

    private static boolean answerable(ModelConfig model, Map<String, ProviderConfig> providers) {
        return model.targets().stream()
                .anyMatch(target -> providers.get(target.provider()).usable());
    }
}
