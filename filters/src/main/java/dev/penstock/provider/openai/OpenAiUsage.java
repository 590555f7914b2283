package dev.penstock.provider.openai;

import static dev.penstock.core.Json.integer;

import dev.penstock.core.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Token counts of an answer or chunk (PROVIDERS 1.5). */
final class OpenAiUsage {

    private OpenAiUsage() {}

    /** The usage in {@code usage}, or where Groq puts it in streams; null when there is none. */
    static @Nullable Usage in(JsonNode root) {
        JsonNode usage = root.path("usage");
        if (!usage.isObject()) {
            usage = root.path("x_groq").path("usage");
        }
        return usage.isObject() && usage.path("prompt_tokens").isNumber() ? of(usage) : null;
    }

    /** Usage on several chunks is cumulative, and a later chunk may leave out fields: the greater one counts. */
    static @Nullable Usage later(@Nullable Usage before, @Nullable Usage now) {
        if (before == null || now == null) {
            return now == null ? before : now;
        }
        return new Usage(
                Math.max(before.input(), now.input()),
                Math.max(before.cacheRead(), now.cacheRead()),
                Math.max(before.cacheWrite5m(), now.cacheWrite5m()),
                Math.max(before.cacheWrite1h(), now.cacheWrite1h()),
                Math.max(before.output(), now.output()),
                Math.max(before.reasoning(), now.reasoning()),
                Math.max(before.audioInput(), now.audioInput()),
                Math.max(before.audioOutput(), now.audioOutput()),
                Math.max(before.imageInput(), now.imageInput()),
                Math.max(before.imageOutput(), now.imageOutput()),
                Math.max(before.webSearches(), now.webSearches()),
                Usage.Source.REPORTED);
    }

    private static Usage of(JsonNode usage) {
        JsonNode in = usage.path("prompt_tokens_details");
        JsonNode out = usage.path("completion_tokens_details");
        long input = integer(usage, "prompt_tokens");
        long said = integer(usage, "completion_tokens");
        // Gemini's compatible endpoint and xAI leave reasoning out of completion_tokens, but not out of the total
        long output = Math.max(said, integer(usage, "total_tokens") - input);
        long cached = Math.max(integer(in, "cached_tokens"), integer(usage, "prompt_cache_hit_tokens"));
        return new Usage(
                input,
                cached,
                integer(in, "cache_write_tokens"),
                0,
                output,
                Math.max(integer(out, "reasoning_tokens"), output - said),
                integer(in, "audio_tokens"),
                integer(out, "audio_tokens"),
                integer(in, "image_tokens"),
                integer(out, "image_tokens"),
                0,
                Usage.Source.REPORTED);
    }
}
