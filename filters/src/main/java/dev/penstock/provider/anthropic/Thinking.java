package dev.penstock.provider.anthropic;

import dev.penstock.core.Json;
import dev.penstock.provider.anthropic.AnthropicModel.Ability;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Writes OpenAI's reasoning effort as effort, adaptive thinking or a budget (PROVIDERS 4.6, 13.1).
 *
 * <p>Thinking is not asked for beside a forced tool, nor when the caller lost the thinking that its tool loop began with:
 * either is a 400 (PROVIDERS 4.2 rule 4).
 */
final class Thinking {

    private static final String FIELD = "reasoning_effort";

    /** OpenAI's levels, weakest first. */
    private static final List<String> LEVELS = List.of("minimal", "low", "medium", "high", "xhigh", "max");

    private static final Map<String, Integer> BUDGETS =
            Map.of("minimal", 1024, "low", 2048, "medium", 10_000, "high", 16_384, "xhigh", 32_768, "max", 32_768);

    private static final int ROOM_FOR_ANSWER = 4096;

    /** Tokens; Anthropic refuses less (PROVIDERS 4.2). */
    private static final int LEAST = 1024;

    private Thinking() {}

    static void write(Encoding it) {
        String asked = it.request().sampling().effort();
        if (asked == null) {
            return;
        }
        if (asked.equals("none")) {
            turnOff(it);
        } else if (!LEVELS.contains(asked)) {
            it.ignored().add(FIELD);
        } else {
            turnOn(it, asked);
        }
    }

    /** Whether the body asks for thinking. */
    static boolean isOn(Encoding it) {
        String type = Json.string(it.body().path("thinking"), "type");
        return type.equals("enabled") || type.equals("adaptive");
    }

    private static void turnOff(Encoding it) {
        if (it.model().can(Ability.DISABLED)) {
            it.body().putObject("thinking").put("type", "disabled");
        }
    }

    private static void turnOn(Encoding it, String asked) {
        List<String> efforts = it.model().efforts();
        if (!efforts.isEmpty()) {
            it.body().withObjectProperty("output_config").put("effort", nearest(asked, efforts));
        }
        boolean allowed = !isForced(it.body()) && !lostThinking(it.body().path("messages"));
        if (allowed && it.model().can(Ability.ADAPTIVE)) {
            it.body().putObject("thinking").put("type", "adaptive");
        } else if (allowed && it.model().can(Ability.BUDGET)) {
            putBudget(it, BUDGETS.get(asked), efforts.isEmpty());
        } else if (efforts.isEmpty()) {
            it.ignored().add(FIELD);
        }
    }

    /** The level itself, else the next weaker one that the model knows, else its weakest. */
    private static String nearest(String asked, List<String> efforts) {
        for (int at = LEVELS.indexOf(asked); at >= 0; at--) {
            if (efforts.contains(LEVELS.get(at))) {
                return LEVELS.get(at);
            }
        }
        return efforts.get(0);
    }

    /**
     * The limit is raised rather than the answer cut: a budget must stay below it. A cap is not raised: half of it is left for
     * the answer, and where that is too little to think with, the model does not.
     */
    private static void putBudget(Encoding it, int wanted, boolean onlyWay) {
        int limit = it.body().path("max_tokens").intValue();
        int most = it.cap() > 0 ? limit / 2 : it.model().maxTokens() - ROOM_FOR_ANSWER;
        int budget = Math.min(wanted, most);
        if (it.cap() > 0 && budget < LEAST) {
            if (onlyWay) {
                it.ignored().add(FIELD);
            }
            return;
        }
        int raised =
                limit > budget ? limit : Math.min(budget + limit, it.model().maxTokens());
        it.body().put("max_tokens", Math.max(limit, raised));
        it.body().putObject("thinking").put("type", "enabled").put("budget_tokens", budget);
    }

    private static boolean isForced(JsonNode body) {
        String type = Json.string(body.path("tool_choice"), "type");
        return type.equals("any") || type.equals("tool");
    }

    private static boolean lostThinking(JsonNode messages) {
        JsonNode results = messages.path(messages.size() - 1);
        JsonNode assistant = messages.path(messages.size() - 2);
        boolean inLoop = has(results, "tool_result") && has(assistant, "tool_use");
        return inLoop && !has(assistant, "thinking") && !has(assistant, "redacted_thinking");
    }

    private static boolean has(JsonNode message, String type) {
        return message.path("content")
                .valueStream()
                .anyMatch(block -> Json.string(block, "type").equals(type));
    }
}
