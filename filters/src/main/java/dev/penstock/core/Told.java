package dev.penstock.core;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a failed request's caller may see beside the code: typed fields that are safe to show, never request text.
 *
 * @param message replaces the code's own sentence; may name fields, names that exist, found and expected kinds of values
 * @param param the field at fault, by its path in the body
 * @param retryAfter when to come back; becomes {@code retry-after} and {@code retry-after-ms}
 * @param attempts what was tried, in order
 * @param upstream the provider's own error, when it is passed on
 * @param fields further members of the error object, by name; values are strings, numbers, booleans or lists of those
 */
public record Told(
        @Nullable String message,
        @Nullable String param,
        @Nullable Duration retryAfter,
        List<AttemptView> attempts,
        @Nullable UpstreamError upstream,
        Map<String, Object> fields) {

    public static final Told NOTHING = new Told(null, null, null, List.of(), null, Map.of());

    /** One try at one provider as callers see it; {@code status} is 0 when no status came, {@code ms} its duration. */
    public record AttemptView(String provider, String model, int status, String reason, long ms) {}

    public static Told of(String message) {
        return new Told(message, null, null, List.of(), null, Map.of());
    }

    public static Told param(String param, String message) {
        return new Told(message, param, null, List.of(), null, Map.of());
    }

    public static Told upstream(UpstreamError error) {
        return new Told(error.message(), error.param(), null, List.of(), error, Map.of());
    }

    public Told after(@Nullable Duration retryAfter) {
        return new Told(message, param, retryAfter, attempts, upstream, fields);
    }

    public Told attempts(List<AttemptView> attempts) {
        return new Told(message, param, retryAfter, List.copyOf(attempts), upstream, fields);
    }

    public Told with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Told(message, param, retryAfter, attempts, upstream, Collections.unmodifiableMap(more));
    }

    public Optional<Duration> comeBack() {
        return Optional.ofNullable(retryAfter);
    }
}
