package dev.penstock.provider.anthropic;

import dev.penstock.core.Json;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Writes the remaining fields that Anthropic has words for, and names the rest as ignored. A field with the value that it has
 * when it is absent asks for nothing and is not named.
 */
final class Extras {

    /** The surface's own business. */
    private static final Set<String> NOT_SENT = Set.of("stream_options");

    private static final Map<String, String> TIERS = Map.of("auto", "auto", "default", "standard_only");

    private Extras() {}

    static void write(Encoding it) {
        it.request().extras().forEach((name, value) -> {
            if (!takes(it, name, value) && !asksForNothing(name, value)) {
                it.ignored().add(name);
            }
        });
    }

    private static boolean takes(Encoding it, String name, JsonNode value) {
        return switch (name) {
            case "user" -> it.request().extras().containsKey("safety_identifier") || putUser(it, value);
            case "safety_identifier" -> putUser(it, value);
            case "service_tier" -> putTier(it, value);
            default -> NOT_SENT.contains(name);
        };
    }

    private static boolean putUser(Encoding it, JsonNode value) {
        if (!value.isString()) {
            return false;
        }
        it.body().putObject("metadata").put("user_id", value.stringValue());
        return true;
    }

    private static boolean putTier(Encoding it, JsonNode value) {
        String tier = value.isString() ? TIERS.get(value.stringValue()) : null;
        if (tier == null) {
            return false;
        }
        it.body().put("service_tier", tier);
        return true;
    }

    private static boolean asksForNothing(String name, JsonNode value) {
        if (value.isNull() || value.isContainer() && value.isEmpty() && !name.equals("web_search_options")) {
            return true;
        }
        return switch (name) {
            case "n" -> value.isNumber() && value.doubleValue() == 1;
            case "logprobs", "store" -> value.isBoolean() && !value.booleanValue();
            case "presence_penalty", "frequency_penalty", "top_logprobs" ->
                value.isNumber() && value.doubleValue() == 0;
            case "modalities" -> Json.LENIENT_DEPTH.text(value).equals("[\"text\"]");
            default -> false;
        };
    }
}
