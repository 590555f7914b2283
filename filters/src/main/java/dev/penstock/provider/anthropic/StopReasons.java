package dev.penstock.provider.anthropic;

import dev.penstock.core.FinishReason;
import java.util.Map;

/** Anthropic's stop reasons in OpenAI's words (PROVIDERS 13.3). */
final class StopReasons {

    private static final Map<String, FinishReason> WORDS = Map.of(
            "end_turn", FinishReason.STOP,
            "stop_sequence", FinishReason.STOP,
            "pause_turn", FinishReason.STOP,
            "max_tokens", FinishReason.LENGTH,
            "model_context_window_exceeded", FinishReason.LENGTH,
            "tool_use", FinishReason.TOOL_CALLS,
            "refusal", FinishReason.CONTENT_FILTER);

    private StopReasons() {}

    /**
     * @param calls how many calls the caller is given: with any, the reason is {@code TOOL_CALLS} unless the answer was cut or
     *     filtered
     * @param jsonTool how many calls were turned back into text: these ended the answer as text does
     */
    static FinishReason of(String word, int calls, int jsonTool) {
        FinishReason said = WORDS.getOrDefault(word, FinishReason.STOP);
        if (said == FinishReason.LENGTH || said == FinishReason.CONTENT_FILTER) {
            return said;
        }
        if (calls > 0) {
            return FinishReason.TOOL_CALLS;
        }
        return jsonTool > 0 ? FinishReason.STOP : said;
    }
}
