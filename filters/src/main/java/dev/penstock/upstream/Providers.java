package dev.penstock.upstream;

import dev.penstock.credential.Credential;
import dev.penstock.exchange.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The providers as they run, made once for each configuration of each and kept while it stays the same. Thread-safe. */
final class Providers {

    private final Dialects dialects;
    private final Breakers breakers;
    private final Hearsay hearsay;
    private final Time time;
    private final ConcurrentMap<Named, Provider> running = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Provider> latest = new ConcurrentHashMap<>();

    /** What {@link #running} said of each name last; begun anew with each configuration. */
    private volatile ConcurrentMap<String, Found> found = new ConcurrentHashMap<>();

    private final List<Consumer<Map<String, Provider>>> followers = new CopyOnWriteArrayList<>();

    Providers(Dialects dialects, Breakers breakers, Hearsay hearsay, Time time) {
        this.dialects = dialects;
        this.breakers = breakers;
        this.hearsay = hearsay;
        this.time = time;
    }

    private record Named(String name, ProviderConfig config) {}

    /** @param config the very object that was asked with: to hash all of its fields takes longer than most steps */
    private record Found(ProviderConfig config, Provider provider) {}

    /** Has a provider's keys and breaker followed from the moment it comes into force. */
    void followedBy(Consumer<Map<String, Provider>> follower) {
        followers.add(follower);
    }

    /** Makes all that are usable, so that a missing key file is told at the start and not by the first request. */
    void start(UpstreamSettings settings) {
        Map<String, Provider> serving = new LinkedHashMap<>();
        settings.providers().forEach((name, config) -> {
            if (config.usable()) {
                serving.put(name, inForce(new Named(name, config)));
            }
        });
        latest.putAll(serving);
        // whoever looked before fills the old map: a provider that was replaced is not found by what it was
        found = new ConcurrentHashMap<>();
        followers.forEach(follower -> follower.accept(serving));
    }

    Provider of(String name, Settings settings) {
        ProviderConfig config = settings.get(UpstreamSettings.class).providers().get(name);
        ConcurrentMap<String, Found> known = found;
        Found last = known.get(name);
        if (last != null && last.config() == config) {
            return last.provider();
        }
        Provider provider = running.computeIfAbsent(new Named(name, config), named -> make(named, latest.get(name)));
        known.put(name, new Found(config, provider));
        return provider;
    }

    /** A configuration that comes back is made anew: its keys are those that are in use now. */
    private Provider inForce(Named named) {
        Provider before = latest.get(named.name());
        if (before != null && before.config().equals(named.config())) {
            return before;
        }
        return running.compute(named, (name, old) -> make(name, before));
    }

    private Provider make(Named named, @Nullable Provider before) {
        ProviderConfig config = named.config();
        Provider provider = new Provider(
                named.name(),
                config,
                dialects.of(config),
                transport(named),
                Succession.of(credentials(named), config, before, time.nanos()),
                breakers.of(named.name(), config.breaker()),
                new Permits(config.concurrency()),
                hearsay);
        hearsay.follow(provider);
        return provider;
    }

    private Transport transport(Named named) {
        ProviderConfig config = named.config();
        if (config.dialect().equals(ProviderConfig.MOCK)) {
            return new MockTransport(config, time);
        }
        URI base = config.baseUrl().orElseThrow(() -> new IllegalStateException(named.name() + " has no base-url"));
        return new NettyTransport(named.name(), config, base);
    }

    private static List<Credential> credentials(Named named) {
        return named.config().presentKeys().stream()
                .map(key -> new Credential(key.id(), key.value().orElseGet(() -> secretIn(named, key))))
                .toList();
    }

    private static String secretIn(Named named, ProviderConfig.KeyConfig key) {
        Path file = Path.of(key.file().orElseThrow());
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            String where = "providers." + named.name() + ".keys." + key.id() + ".file";
            throw new UncheckedIOException(where + " cannot be read (expected: a readable file)", failure);
        }
    }
}
