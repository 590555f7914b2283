package dev.penstock.prompt;

import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import dev.penstock.exchange.Fact;
import dev.penstock.exchange.LlmExchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer says of itself, from what was measured and never from what a model wrote. What is not known is left out:
 * usage that the provider did not report, cost.
 */
final class Metadata {

    private Metadata() {}

    static ObjectNode of(LlmExchange exchange, Rendered rendered, ObjectNode answer) {
        ObjectNode metadata = Json.object();
        exchange.trail()
                .served()
                .ifPresent(
                        attempt -> metadata.put("provider", attempt.provider()).put("model", attempt.answeredModel()));
        metadata.putObject("prompt")
                .put("kind", rendered.kind().name())
                .put("version", rendered.version().name())
                .put("hash", rendered.version().hash());
        exchange.get(Fact.VARIANT).tell(metadata);
        metadata.put("fallback_used", false).put("repaired", false);
        exchange.trail().usage().ifPresent(usage -> metadata.set("usage", usage(usage)));
        JsonNode content = answer.path("content");
        if (content.isString()) {
            metadata.put("character_count", characters(content.stringValue()));
        }
        return metadata.put("request_id", exchange.id());
    }

    private static ObjectNode usage(Usage usage) {
        return Json.object()
                .put("input_tokens", usage.input())
                .put("output_tokens", usage.output())
                .put("total_tokens", usage.total());
    }

    /** Code points, as the limits count. */
    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
