package dev.penstock.provider.anthropic;

import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Usage as it grows over a stream: of each field the later value that is not null counts (PROVIDERS 1.5). Anthropic's
 * {@code input_tokens} leave out what was read from or written to a cache; ours hold it.
 */
final class AnthropicUsage {

    private final ObjectNode seen = Json.object();

    static @Nullable Usage of(JsonNode usage) {
        AnthropicUsage one = new AnthropicUsage();
        one.merge(usage);
        return one.usage();
    }

    void merge(JsonNode usage) {
        usage.propertyStream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> seen.set(field.getKey(), field.getValue()));
    }

    /** What was reported so far, or null when nothing was. */
    @Nullable
    Usage usage() {
        if (!seen.has("input_tokens") && !seen.has("output_tokens")) {
            return null;
        }
        long read = Json.integer(seen, "cache_read_input_tokens");
        long written = Json.integer(seen, "cache_creation_input_tokens");
        long hour = Math.min(Json.integer(seen.path("cache_creation"), "ephemeral_1h_input_tokens"), written);
        long input = Json.integer(seen, "input_tokens") + read + written;
        return Usage.reported(input, Json.integer(seen, "output_tokens"))
                .cached(read, written - hour, hour)
                .reasoning(Json.integer(seen.path("output_tokens_details"), "thinking_tokens"))
                .searches(Json.integer(seen.path("server_tool_use"), "web_search_requests"));
    }
}
