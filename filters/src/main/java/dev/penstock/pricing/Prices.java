package dev.penstock.pricing;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The prices of one configuration. An override comes before a provider that is free, that before the catalogue. Immutable;
 * the first look at a catalogue file reads it, which takes milliseconds.
 */
public final class Prices {

    private static final String MOCK = "mock";
    /** Providers answer with names of their own, as many as they like. */
    private static final int MOST_FOUND = 4096;

    private static final Provider UNKNOWN = new Provider("", "", false);

    private final Map<String, Price> overrides = new HashMap<>();
    private final Map<String, Provider> providers;

    /** What the catalogue's rules gave, which are many: also that they gave nothing. */
    private final Map<Name, Optional<Listed>> found = new ConcurrentHashMap<>();

    private record Name(String provider, String model) {}

    /**
     * What is to be known of a provider of routes.yml.
     *
     * @param dialect its wire name
     * @param host of its base URL; empty without one
     * @param free whether it says {@code cost: free}
     */
    public record Provider(String dialect, String host, boolean free) {}

    public Prices(PricesConfig config, Map<String, Provider> providers) {
        this.providers = Map.copyOf(providers);
        config.overrides().forEach((name, price) -> overrides.put(name, override(price)));
    }

    /** The catalogue alone; providers go by their names in it, such as {@code openai}. */
    public static Prices builtin() {
        return new Prices(new PricesConfig(PricesConfig.Source.BUILTIN, Map.of()), Map.of());
    }

    private static Price override(PricesConfig.PriceConfig config) {
        Map<Item, Rate> rates = new EnumMap<>(Item.class);
        config.usd().forEach((item, usd) -> rates.put(item, Rate.flat(usd)));
        return new Price("override", rates);
    }

    /**
     * What a model costs at a time.
     *
     * @param provider its name in routes.yml
     * @param model as the provider names it: the one that answered
     * @return empty when it is not known, which is not the same as free
     */
    public Optional<Price> of(String provider, String model, Instant at) {
        return own(provider, model).or(() -> listed(provider, model).flatMap(listed -> listed.at(at)));
    }

    /** Whether the model has a price at any time. */
    public boolean knows(String provider, String model) {
        return own(provider, model).isPresent()
                || listed(provider, model).filter(Listed::priced).isPresent();
    }

    /** The most tokens that the model takes and gives together, where the catalogue says so. */
    public OptionalLong contextWindow(String provider, String model) {
        return listed(provider, model).map(Listed::contextWindow).orElse(OptionalLong.empty());
    }

    private Optional<Price> own(String provider, String model) {
        Optional<Price> override = Optional.ofNullable(overrides.get(provider + "/" + model));
        Provider known = providers.getOrDefault(provider, UNKNOWN);
        boolean free = known.free() || known.dialect().equals(MOCK);
        return override.isEmpty() && free ? Optional.of(Price.FREE) : override;
    }

    private Optional<Listed> listed(String provider, String model) {
        Name name = new Name(provider, model);
        Optional<Listed> known = found.get(name);
        if (known == null) {
            known = searched(provider, model);
            if (found.size() < MOST_FOUND) {
                found.put(name, known);
            }
        }
        return known;
    }

    private Optional<Listed> searched(String provider, String model) {
        Provider known = providers.getOrDefault(provider, UNKNOWN);
        return Catalogue.BUILTIN
                .service(provider, known.host(), known.dialect())
                .flatMap(service -> Catalogue.BUILTIN.find(service, model));
    }
}
