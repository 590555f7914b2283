package dev.penstock.core;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The form an answer must have; absent means text. */
public sealed interface AnswerFormat {

    /** Any JSON object. */
    record JsonObject() implements AnswerFormat {}

    /** JSON that fits the schema. */
    record JsonSchema(
            String name,
            @Nullable String description,
            JsonNode schema,
            @Nullable Boolean strict) implements AnswerFormat {}
}
