package dev.penstock.provider.openai;

import dev.penstock.core.FinishReason;
import dev.penstock.core.Json;
import dev.penstock.provider.DecodeException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Why a choice ended. Old vision models say it in {@code finish_details}, Together says {@code eos} (PROVIDERS 12.3). */
final class OpenAiFinish {

    private static final Map<String, FinishReason> REASONS = Map.of(
            "stop", FinishReason.STOP,
            "eos", FinishReason.STOP,
            "length", FinishReason.LENGTH,
            "model_length", FinishReason.LENGTH,
            "max_tokens", FinishReason.LENGTH,
            "tool_calls", FinishReason.TOOL_CALLS,
            "function_call", FinishReason.TOOL_CALLS,
            "content_filter", FinishReason.CONTENT_FILTER);

    private OpenAiFinish() {}

    /** The provider's own word of a choice, or {@code ""} when it has not ended. */
    static String word(JsonNode choice) {
        String reason = Json.string(choice, "finish_reason");
        return reason.isEmpty() ? Json.string(choice.path("finish_details"), "type") : reason;
    }

    /**
     * What the word means; an unknown one is an ordinary stop.
     *
     * @throws DecodeException when it says that the provider failed (OpenRouter, Mistral)
     */
    static FinishReason reason(String word) {
        if (word.equals("error")) {
            throw new DecodeException("finish_reason 'error'");
        }
        return REASONS.getOrDefault(word, FinishReason.STOP);
    }
}
