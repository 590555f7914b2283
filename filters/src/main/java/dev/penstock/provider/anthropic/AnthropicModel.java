package dev.penstock.provider.anthropic;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What models of one generation accept: a row of {@code models.json}.
 *
 * @param match found anywhere in the model's name, in lower case and with hyphens for dots
 * @param efforts the levels of {@code output_config.effort}, weakest first; empty where there is no such field
 * @param maxTokens output tokens when the request names no limit; no budget of thinking raises the limit above it
 */
record AnthropicModel(Pattern match, Set<Ability> can, List<String> efforts, int maxTokens) {

    /** What some models accept and others answer with 400 (PROVIDERS 4.5, 4.6). */
    enum Ability {
        /** {@code tool_choice} of type {@code any} and {@code tool}, while thinking is off. */
        FORCED_TOOL,
        /** {@code output_config.format}, and {@code strict} of tools. */
        JSON_SCHEMA,
        /** Sampling other than the default. */
        TEMPERATURE,
        /** {@code top_p} beside {@code temperature}. */
        TOP_P_TOO,
        /** An assistant message at the end. */
        PREFILL,
        /** {@code thinking} of type {@code enabled} with a budget. */
        BUDGET,
        /** {@code thinking} of type {@code adaptive}. */
        ADAPTIVE,
        /** {@code thinking} of type {@code disabled}, for models that think unless told otherwise. */
        DISABLED,
        /** System messages before an assistant's turn or at the end. */
        LATE_SYSTEM
    }

    boolean can(Ability ability) {
        return can.contains(ability);
    }
}
