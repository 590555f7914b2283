package dev.penstock.surface.chat;

import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import tools.jackson.databind.node.ObjectNode;

/** Token counts in OpenAI's words; the total is computed, whatever a provider said (PROVIDERS 1.5). */
final class ChatUsage {

    private ChatUsage() {}

    static ObjectNode write(Usage usage) {
        ObjectNode node = Json.object()
                .put("prompt_tokens", usage.input())
                .put("completion_tokens", usage.output())
                .put("total_tokens", usage.total());
        ObjectNode input = node.putObject("prompt_tokens_details")
                .put("cached_tokens", usage.cacheRead())
                .put("cache_write_tokens", usage.cacheWrite5m() + usage.cacheWrite1h())
                .put("audio_tokens", usage.audioInput());
        ObjectNode output = node.putObject("completion_tokens_details")
                .put("reasoning_tokens", usage.reasoning())
                .put("audio_tokens", usage.audioOutput())
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        images(usage.imageInput(), input);
        images(usage.imageOutput(), output);
        return node;
    }

    /** Only some providers count them apart. */
    private static void images(long tokens, ObjectNode details) {
        if (tokens > 0) {
            details.put("image_tokens", tokens);
        }
    }
}
