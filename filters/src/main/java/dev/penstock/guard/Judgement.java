package dev.penstock.guard;

import dev.penstock.core.Json;
import dev.penstock.exchange.SideCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a moderator said.
 *
 * @param categories of each text, those that count
 */
record Judgement(List<List<String>> categories) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_-]{1,60}");

    /** What a category is called whose name cannot go into records. */
    static final String OTHER = "other";

    /** @throws SideCalls.Failed when it does not say all that was asked: what is not understood is no pass */
    static Judgement of(byte[] answer, int texts, Map<String, Double> thresholds) {
        JsonNode results = read(answer).path("results");
        if (!results.isArray() || results.size() != texts) {
            throw unknown("'results' (expected: one for each text)");
        }
        List<List<String>> all = new ArrayList<>(texts);
        results.forEach(result -> all.add(thresholds.isEmpty() ? flagged(result) : reached(result, thresholds)));
        return new Judgement(all);
    }

    private static JsonNode read(byte[] answer) {
        try {
            return Json.LENIENT_DEPTH.read(answer);
        } catch (JacksonException broken) {
            throw unknown("no JSON");
        }
    }

    private static List<String> flagged(JsonNode result) {
        JsonNode flagged = result.path("flagged");
        JsonNode categories = result.path("categories");
        if (!flagged.isBoolean() || !categories.isObject()) {
            throw unknown("'flagged' and 'categories' (expected: true or false, and an object)");
        }
        TreeSet<String> found = new TreeSet<>();
        categories.properties().forEach(category -> {
            if (category.getValue().isBoolean() && category.getValue().booleanValue()) {
                found.add(NAME.matcher(category.getKey()).matches() ? category.getKey() : OTHER);
            }
        });
        if (flagged.booleanValue() && found.isEmpty()) {
            found.add(OTHER);
        }
        return List.copyOf(found);
    }

    private static List<String> reached(JsonNode result, Map<String, Double> thresholds) {
        TreeSet<String> found = new TreeSet<>();
        thresholds.forEach((category, least) -> {
            JsonNode score = result.path("category_scores").path(category);
            if (!score.isNumber()) {
                throw unknown("no score of '" + category + "'");
            }
            if (score.doubleValue() >= least) {
                found.add(category);
            }
        });
        return List.copyOf(found);
    }

    private static SideCalls.Failed unknown(String what) {
        return new SideCalls.Failed("an answer that is not understood: " + what);
    }
}
