package dev.penstock.exchange;

/**
 * What a step is about to show somebody else for a call, beside the attempts.
 *
 * @param provider of {@code providers:}
 * @param keyId of the provider's key; empty without one
 * @param path below its base URL
 * @param model that is named to it; empty where none is
 */
public record Question(String provider, String keyId, String path, String model) {}
