package dev.penstock.exchange;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The configuration that a request sees from its first step to its last: immutable, compiled from routes.yml, carried by the
 * route.
 */
public final class Settings {

    private final String hash;
    private final Map<Class<?>, Object> sections;
    private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();

    /** {@code sections} holds one immutable object by its class; {@code hash} names this configuration to callers. */
    public Settings(String hash, Map<Class<?>, Object> sections) {
        this.hash = hash;
        this.sections = Map.copyOf(sections);
    }

    /** Twelve hex digits of the SHA-256 of the file with its environment resolved. */
    public String hash() {
        return hash;
    }

    public <T> T get(Class<T> section) {
        Object found = sections.get(section);
        if (found == null) {
            throw new IllegalStateException(section.getSimpleName() + " is not part of this configuration");
        }
        return section.cast(found);
    }

    /** The same for a section that may not be part of it. */
    public <T> Optional<T> find(Class<T> section) {
        return Optional.ofNullable(section.cast(sections.get(section)));
    }

    /** Something made from this configuration once, such as a lookup table; kept as long as the configuration. */
    public <T> T derive(Class<T> type, Function<Settings, T> make) {
        Object made = derived.get(type);
        return type.cast(made != null ? made : derived.computeIfAbsent(type, ignored -> make.apply(this)));
    }
}
