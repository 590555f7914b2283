package dev.penstock.keys;

import dev.penstock.exchange.Later;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The sections {@code services:} and {@code teams:}. */
public record CallerSettings(Map<String, ServiceConfig> services, Map<String, TeamConfig> teams) {

    /**
     * An internal service.
     *
     * @param team its name in {@code teams:}
     * @param models patterns of the models it may ask for
     */
    @Later({"limits", "budget", "guardrails"})
    public record ServiceConfig(
            Optional<String> team,
            @DefaultValue List<CallerKeyConfig> keys,
            @DefaultValue("*") List<String> models) {}

    /**
     * A caller's key: exactly one of {@code value} and {@code sha256} (64 hex digits); an empty value is no key.
     *
     * @param loopbackOnly works only while the data port is bound to loopback, and never for a forwarded request
     */
    public record CallerKeyConfig(
            String id,
            Optional<String> value,
            Optional<String> sha256,
            @DefaultValue("false") boolean loopbackOnly) {

        /** Never shows the key. */
        @Override
        public String toString() {
            return "CallerKeyConfig[id=" + id + "]";
        }
    }

    /** A team that pays; nothing to configure yet. */
    @Later({"budget", "limits", "guardrails"})
    public record TeamConfig() {}
}
