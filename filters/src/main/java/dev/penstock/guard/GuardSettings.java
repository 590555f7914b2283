package dev.penstock.guard;

import dev.penstock.core.Caller;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The guardrails of a configuration, and who has which.
 *
 * @param guardrails by name
 * @param services names of guardrails by service
 * @param teams the same by team
 * @param providerKeys the secrets that providers are called with, to know them where they turn up
 */
public record GuardSettings(
        Map<String, List<GuardrailConfig>> guardrails,
        Map<String, List<String>> services,
        Map<String, List<String>> teams,
        List<String> providerKeys) {

    /** The guardrails of a caller: its team's first; one that both name counts once. */
    List<String> names(Caller caller) {
        return Stream.of(
                        teams.getOrDefault(caller.team(), List.of()),
                        services.getOrDefault(caller.service(), List.of()))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "GuardSettings[" + guardrails.keySet() + "]";
    }
}
