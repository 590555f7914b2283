package dev.penstock.routes.check;

import dev.penstock.credential.KeyForms;
import dev.penstock.pricing.Prices;
import dev.penstock.upstream.ModelConfig;
import dev.penstock.upstream.ProviderConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is allowed, and may still not be what was meant. */
public final class Warnings {

    private Warnings() {}

    /**
     * Routes of ours that lack a step.
     *
     * @param limit the one that holds limits
     * @param variant the one that assigns variants
     * @param guard one of those that look at texts
     */
    public record Without(List<String> limit, List<String> variant, List<String> guard) {}

    public static List<String> of(Sections sections, Prices prices, Without without) {
        List<String> warnings = new ArrayList<>();
        sections.providers().forEach((name, provider) -> {
            if (!provider.usable() && provider.enabled().stream().allMatch(Boolean::booleanValue)) {
                warnings.add("provider '" + name + "' is disabled: it has no key (expected: one in providers." + name
                        + ".keys, or auth: none)");
            }
        });
        warnings.addAll(widened(sections));
        sections.models().forEach((name, model) -> {
            if (!answerable(model, sections.providers())) {
                warnings.add("model '" + name + "' cannot be answered: none of its targets has a usable provider");
            }
        });
        steps(sections, without, warnings);
        warnings.addAll(malformed(sections));
        warnings.addAll(unrehearsed(sections));
        warnings.addAll(unpriced(sections, prices));
        return List.copyOf(warnings);
    }

    private static List<String> widened(Sections sections) {
        List<String> warnings = new ArrayList<>();
        sections.providers().forEach((name, provider) -> {
            if (provider.breaker().calls() > provider.breaker().window()) {
                warnings.add("providers." + name + ".breaker.window: "
                        + provider.breaker().window() + " is less than breaker.minimum (taken: "
                        + provider.breaker().calls() + ")");
            }
        });
        return warnings;
    }

    /** Keys that do not begin as those of the provider's own address do; never shows any of them. */
    private static List<String> malformed(Sections sections) {
        List<String> warnings = new ArrayList<>();
        sections.providers().forEach((name, provider) -> {
            String host = provider.baseUrl().map(URI::getHost).orElse("");
            provider.presentKeys()
                    .forEach(key -> key.value()
                            .flatMap(secret -> KeyForms.expected(host, secret))
                            .ifPresent(expected -> warnings.add("providers." + name + ".keys: '" + key.id()
                                    + "' has another form (expected: " + expected + ")")));
        });
        return warnings;
    }

    private static void steps(Sections sections, Without without, List<String> warnings) {
        if (limited(sections)) {
            without.limit()
                    .forEach(route -> warnings.add("limits do not hold on route '" + route
                            + "': it has no RateLimit (expected: RateLimit in default-filters)"));
        }
        if (!sections.experiments().isEmpty()) {
            without.variant()
                    .forEach(route -> warnings.add("experiments do not hold on route '" + route
                            + "': it has no AssignVariant (expected: AssignVariant in default-filters)"));
        }
        if (guarded(sections)) {
            without.guard()
                    .forEach(route -> warnings.add("guardrails do not all hold on route '" + route
                            + "' (expected: GuardInput and GuardOutput in default-filters)"));
        }
    }

    private static List<String> unpriced(Sections sections, Prices prices) {
        return sections.models().values().stream()
                .flatMap(model -> model.targets().stream())
                .filter(target -> sections.providers().get(target.provider()).usable())
                .filter(target -> !prices.knows(target.provider(), target.model()))
                .map(target -> target.provider() + "/" + target.model())
                .distinct()
                .map(name -> "'" + name + "' has no price, so what it costs is not known (expected: under"
                        + " prices.overrides, in USD per million tokens: \"" + name
                        + "\": { input: …, output: … }; or cost: free on the provider)")
                .toList();
    }

    private static List<String> unrehearsed(Sections sections) {
        if (sections.rollout().realTraffic().isAll()) {
            return List.of();
        }
        return sections.models().entrySet().stream()
                .filter(model -> model.getValue().targets().stream()
                        .map(target -> sections.providers().get(target.provider()))
                        .noneMatch(provider -> provider.dialect().equals("mock") && provider.usable()))
                .map(model -> "model '" + model.getKey()
                        + "' has no mock target: calls for it that rollout.real-traffic"
                        + " keeps from real providers are refused with capability_missing (expected: a mock target)")
                .toList();
    }

    private static boolean guarded(Sections sections) {
        return sections.services().values().stream()
                        .anyMatch(it -> !it.guardrails().isEmpty())
                || sections.teams().values().stream()
                        .anyMatch(it -> !it.guardrails().isEmpty());
    }

    private static boolean limited(Sections sections) {
        return sections.services().values().stream().anyMatch(it -> !it.limits().isEmpty())
                || sections.teams().values().stream()
                        .anyMatch(it -> !it.limits().isEmpty())
                || sections.providers().values().stream()
                        .anyMatch(it -> !it.limits().isEmpty());
    }

    private static boolean answerable(ModelConfig model, Map<String, ProviderConfig> providers) {
        return model.targets().stream()
                .anyMatch(target -> providers.get(target.provider()).usable());
    }
}
