package dev.penstock.upstream;

import java.util.Map;
import java.util.OptionalLong;

/** The sections {@code providers:} and {@code models:}, in the file's order, and how long a context each model takes. */
public record UpstreamSettings(
        Map<String, ProviderConfig> providers, Map<String, ModelConfig> models, Windows windows) {

    /** Tells context windows in tokens; empty where one is not known. Called on event loops. */
    public interface Windows {

        OptionalLong of(String provider, String model);
    }
}
