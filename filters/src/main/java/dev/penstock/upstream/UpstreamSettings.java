package dev.penstock.upstream;

import java.util.Map;

/** The sections {@code providers:} and {@code models:}, in the file's order. */
public record UpstreamSettings(Map<String, ProviderConfig> providers, Map<String, ModelConfig> models) {}
