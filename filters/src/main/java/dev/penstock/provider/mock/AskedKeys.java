package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects that are asked for in words: {@code Answer with a JSON object {"content": "…"}}. */
final class AskedKeys {

    private static final int MOST_TEXT = 20_000;
    private static final int MOST_KEYS = 30;
    private static final Pattern KEY = Pattern.compile("\"([A-Za-z_][A-Za-z0-9_-]{0,63})\"\\s{0,4}:");
    private static final Pattern JSON = Pattern.compile("\\bJSON\\b", Pattern.CASE_INSENSITIVE);
    private static final List<String> LISTS =
            List.of("hashtags", "keywords", "tags", "bullets", "features", "items", "benefits");

    private final Subject subject;
    private final RandomGenerator random;

    AskedKeys(Subject subject, RandomGenerator random) {
        this.subject = subject;
        this.random = random;
    }

    /** Whether the text says JSON and shows at least one key. */
    boolean askedBy(String text) {
        return JSON.matcher(text).find() && !keys(text).isEmpty();
    }

    /** An object with the keys that the text shows; with an {@code answer} when it shows none. */
    String object(String text) {
        List<String> keys = keys(text);
        ObjectNode schema = Json.object();
        ObjectNode properties = schema.put("type", "object").putObject("properties");
        for (String key : keys.isEmpty() ? List.of("answer") : keys) {
            if (LISTS.contains(key)) {
                properties
                        .putObject(key)
                        .put("type", "array")
                        .putObject("items")
                        .put("type", "string");
            } else {
                properties.putObject(key).put("type", "string");
            }
        }
        return Json.LENIENT_DEPTH.text(new SchemaValue(schema, subject, random).value());
    }

    private static List<String> keys(String text) {
        return KEY.matcher(text.substring(0, Math.min(text.length(), MOST_TEXT)))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .limit(MOST_KEYS)
                .toList();
    }
}
