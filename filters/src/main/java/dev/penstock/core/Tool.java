package dev.penstock.core;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A function that the model may call.
 *
 * @param parameters its JSON Schema; absent means no parameters
 * @param strict whether the provider must hold the arguments to the schema; absent means not said
 */
public record Tool(
        String name,
        @Nullable String description,
        @Nullable JsonNode parameters,
        @Nullable Boolean strict) {}
