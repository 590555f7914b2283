package dev.penstock.upstream;

import java.util.Map;
import java.util.OptionalLong;

/**
 * The sections {@code providers:} and {@code models:}, in the file's order, and how long a context each model takes.
 *
 * @param probes the model that a probe of a key calls, by provider
 */
public record UpstreamSettings(
        Map<String, ProviderConfig> providers,
        Map<String, ModelConfig> models,
        Windows windows,
        Map<String, String> probes) {

    /** Tells context windows in tokens; empty where one is not known. Called on event loops. */
    public interface Windows {

        OptionalLong of(String provider, String model);
    }
}
