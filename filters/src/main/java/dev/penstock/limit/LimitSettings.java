package dev.penstock.limit;

import java.util.List;
import java.util.Map;

/** Every {@code limits:} of routes.yml, by the name of the service, team or provider that it stands at. */
public record LimitSettings(
        Map<String, List<LimitConfig>> services,
        Map<String, List<LimitConfig>> teams,
        Map<String, List<LimitConfig>> providers) {}
