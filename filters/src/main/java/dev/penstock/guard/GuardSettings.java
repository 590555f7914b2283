package dev.penstock.guard;

import java.util.List;
import java.util.Map;

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

    /** Without the keys. */
    @Override
    public String toString() {
        return "GuardSettings[" + guardrails.keySet() + "]";
    }
}
