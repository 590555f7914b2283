package dev.penstock.limit;

import dev.penstock.limit.bucket.WhenAway;
import java.util.List;
import java.util.Map;

/**
 * Every {@code limits:} of routes.yml, by the name of the service, team or provider that it stands at.
 *
 * @param whenAway what is done while the store of counts does not answer
 */
public record LimitSettings(
        Map<String, List<LimitConfig>> services,
        Map<String, List<LimitConfig>> teams,
        Map<String, List<LimitConfig>> providers,
        WhenAway whenAway) {}
