package dev.penstock.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A conversation in no provider's words: the hub that dialects are written from.
 *
 * @param parallelTools false forbids several calls at once; absent means not said
 * @param extras every other field by its OpenAI chat name ({@code seed}, {@code logprobs}, {@code user}, {@code n} …): a
 *     dialect takes those that it can express and names the rest as ignored
 */
public record ChatRequest(
        List<Turn> turns,
        List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable Boolean parallelTools,
        @Nullable AnswerFormat format,
        Sampling sampling,
        boolean stream,
        Map<String, JsonNode> extras) {

    /**
     * How the answer is drawn.
     *
     * @param maxTokens output tokens, reasoning included
     * @param effort OpenAI's reasoning effort: none, minimal, low, medium, high, xhigh, max
     */
    public record Sampling(
            @Nullable Integer maxTokens,
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer topK,
            List<String> stop,
            @Nullable String effort) {

        public static final Sampling DEFAULT = new Sampling(null, null, null, null, List.of(), null);
    }

    /** The same, answered as a stream or whole. */
    public ChatRequest streaming(boolean streams) {
        return new ChatRequest(turns, tools, toolChoice, parallelTools, format, sampling, streams, extras);
    }

    /** The same, further on. */
    public ChatRequest with(List<Turn> later) {
        List<Turn> all = new ArrayList<>(turns);
        all.addAll(later);
        return new ChatRequest(List.copyOf(all), tools, toolChoice, parallelTools, format, sampling, stream, extras);
    }

    /** A plain conversation without tools. */
    public static ChatRequest of(List<Turn> turns, @Nullable AnswerFormat format, Sampling sampling) {
        return new ChatRequest(turns, List.of(), null, null, format, sampling, false, Map.of());
    }
}
