package dev.penstock.routes;

import dev.penstock.pricing.Prices;
import dev.penstock.routes.check.Sections;
import dev.penstock.upstream.ModelConfig;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which model of each provider a probe of one token calls: the one that is configured, or the cheapest that is named. */
final class ProbeModels {

    /** More than the probe's one word becomes. */
    private static final long INPUT = 16;

    private ProbeModels() {}

    /** Providers of which no model is named are missing. */
    static Map<String, String> of(Sections sections, Prices prices, Instant now) {
        Map<String, String> found = new HashMap<>();
        sections.providers()
                .forEach((name, provider) -> provider.probe()
                        .model()
                        .or(() -> named(name, sections.models())
                                .min(Comparator.comparingLong(model -> most(prices, name, model, now))))
                        .ifPresent(model -> found.put(name, model)));
        return Map.copyOf(found);
    }

    private static Stream<String> named(String provider, Map<String, ModelConfig> models) {
        return models.values().stream()
                .map(ModelConfig::targets)
                .flatMap(List::stream)
                .filter(target -> target.provider().equals(provider))
                .map(ModelConfig.TargetConfig::model);
    }

    private static long most(Prices prices, String provider, String model, Instant now) {
        return prices.of(provider, model, now)
                .map(price -> price.ceiling(INPUT, 1, 0, Set.of()))
                .orElse(Long.MAX_VALUE);
    }
}
