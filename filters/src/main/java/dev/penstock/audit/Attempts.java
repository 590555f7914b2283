package dev.penstock.audit;

import dev.penstock.core.Instants;
import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import dev.penstock.exchange.Attempt;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was tried, as an outcome or a refusal lists it. */
final class Attempts {

    /** Beyond these only attempts that left are listed. */
    private static final int MOST_UNSENT = 32;

    private static final Map<Usage.Source, String> SOURCES = words();

    private Attempts() {}

    private static Map<Usage.Source, String> words() {
        Map<Usage.Source, String> words = new EnumMap<>(Usage.Source.class);
        for (Usage.Source source : Usage.Source.values()) {
            words.put(source, source.name().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    /** {@code intents} are the ids of those that left. */
    static ArrayNode list(List<Attempt> attempts, Map<Attempt, String> intents, ArrayNode to) {
        int unsent = 0;
        for (Attempt attempt : attempts) {
            String intent = intents.get(attempt);
            if (intent != null || attempt.sent() || unsent++ < MOST_UNSENT) {
                ObjectNode node = to.addObject();
                if (intent != null) {
                    node.put("intent", intent);
                }
                describe(attempt, node);
            }
        }
        return to;
    }

    private static void describe(Attempt attempt, ObjectNode node) {
        node.put("provider", attempt.provider());
        node.put("model", attempt.model());
        if (!attempt.keyId().isEmpty()) {
            node.put("key", attempt.keyId());
        }
        node.put("began", Instants.text(attempt.began()));
        node.put("sent", attempt.sent());
        attempt.end().ifPresent(end -> end(end, node));
        attempt.firstEvent().ifPresent(time -> node.put("first_ms", time.toMillis()));
        if (attempt.sent() && !attempt.answeredModel().equals(attempt.model())) {
            node.put("response_model", attempt.answeredModel());
        }
        if (attempt.capped() > 0) {
            node.put("capped", attempt.capped());
        }
        attempt.usage().ifPresent(usage -> node.set("usage", usage(usage)));
        attempt.cost().ifPresent(cost -> {
            node.put("cost_nano_usd", cost.nanoUsd());
            node.put("price", cost.priceId());
        });
    }

    private static void end(Attempt.End end, ObjectNode node) {
        node.put("reason", end.reason().wire());
        if (end.status() > 0) {
            node.put("status", end.status());
        }
        node.put("ms", end.took().toMillis());
        if (end.retryAfter() != null) {
            node.put("retry_after_ms", end.retryAfter().toMillis());
        }
    }

    static ObjectNode usage(Usage usage) {
        ObjectNode node = Json.object();
        node.put("input", usage.input());
        put(node, "cache_read", usage.cacheRead());
        put(node, "cache_write_5m", usage.cacheWrite5m());
        put(node, "cache_write_1h", usage.cacheWrite1h());
        node.put("output", usage.output());
        put(node, "reasoning", usage.reasoning());
        put(node, "audio_input", usage.audioInput());
        put(node, "audio_output", usage.audioOutput());
        return node.put("source", SOURCES.get(usage.source()));
    }

    private static void put(ObjectNode node, String name, long tokens) {
        if (tokens > 0) {
            node.put(name, tokens);
        }
    }
}
