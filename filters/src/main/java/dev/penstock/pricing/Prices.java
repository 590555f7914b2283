package dev.penstock.pricing;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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

    /** Of those that were asked for, which are many: also of those that nothing is known of. */
    private final Map<Name, Known> found = new ConcurrentHashMap<>();

    private record Name(String provider, String model) {}

    /** What is to be known of a model; the catalogue's rules are gone through when somebody first asks. */
    private final class Known {

        private final Name name;
        private final Optional<Price> own;
        private volatile @Nullable Optional<Listed> listed;

        private Known(Name name) {
            this.name = name;
            this.own = Prices.this.own(name);
        }

        private Optional<Listed> listed() {
            Optional<Listed> known = listed;
            if (known == null) {
                known = searched(name);
                listed = known;
            }
            return known;
        }
    }

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
        Known known = known(provider, model);
        if (known.own.isPresent()) {
            return known.own;
        }
        Optional<Listed> listed = known.listed();
        return listed.isEmpty() ? Optional.empty() : listed.get().at(at);
    }

    /**
     * What a model costs from a time on: the price then, and one that takes its place within {@code time}, in which none both
     * begins and ends.
     *
     * @return empty when the price then is not known
     */
    public List<Price> within(Duration time, String provider, String model, Instant from) {
        return of(provider, model, from)
                .map(first -> of(provider, model, from.plus(time))
                        .filter(last -> last != first)
                        .map(last -> List.of(first, last))
                        .orElseGet(() -> List.of(first)))
                .orElse(List.of());
    }

    /** Whether the model has a price at any time. */
    public boolean knows(String provider, String model) {
        Known known = known(provider, model);
        return known.own.isPresent() || known.listed().filter(Listed::priced).isPresent();
    }

    /** The most tokens that the model takes and gives together, where the catalogue says so. */
    public OptionalLong contextWindow(String provider, String model) {
        return known(provider, model).listed().map(Listed::contextWindow).orElse(OptionalLong.empty());
    }

    private Known known(String provider, String model) {
        Name name = new Name(provider, model);
        Known known = found.get(name);
        if (known == null) {
            known = new Known(name);
            if (found.size() < MOST_FOUND) {
                found.put(name, known);
            }
        }
        return known;
    }

    private Optional<Price> own(Name name) {
        Price override = overrides.get(name.provider() + "/" + name.model());
        Provider known = providers.getOrDefault(name.provider(), UNKNOWN);
        boolean free = known.free() || known.dialect().equals(MOCK);
        return Optional.ofNullable(override == null && free ? Price.FREE : override);
    }

    private Optional<Listed> searched(Name name) {
        Provider known = providers.getOrDefault(name.provider(), UNKNOWN);
        return Catalogue.BUILTIN
                .service(name.provider(), known.host(), known.dialect())
                .flatMap(service -> Catalogue.BUILTIN.find(service, name.model()));
    }
}
