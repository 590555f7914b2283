package dev.penstock.prompt.kind;

import dev.penstock.core.Counting;
import dev.penstock.core.Json;
import dev.penstock.prompt.template.PromptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file {@code _platforms.yml} beside the kinds: tables of rows, such as one row a social network, of what a platform
 * allows. An entry with {@code most} is the limit of the answer's text of its name; others are for prompts.
 */
record PlatformRules(String path, Map<String, ObjectNode> tables) {

    static final String FILE = "_platforms.yml";

    private static final List<String> LIMIT_KEYS = List.of("most", "count", "hashtags");

    /**
     * Without the file there are no tables.
     *
     * @throws PromptException with the line of the table that is wrong
     */
    static PlatformRules read(Path kinds) {
        KindFolder folder = new KindFolder(kinds);
        Map<String, ObjectNode> tables = new TreeMap<>();
        if (Files.exists(kinds.resolve(FILE))) {
            YamlFile yaml = YamlFile.parse(folder.path(FILE), folder.text(FILE));
            yaml.keys().forEach(name -> tables.put(name, table(yaml, name)));
        }
        return new PlatformRules(folder.path(FILE), tables);
    }

    /** @throws IllegalArgumentException when there is none of that name */
    ObjectNode table(String name) {
        ObjectNode table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException(
                    "table '" + name + "' (expected one of " + path + ": " + String.join(", ", tables.keySet()) + ")");
        }
        return table;
    }

    private static ObjectNode table(YamlFile yaml, String name) {
        if (!(yaml.get(name) instanceof ObjectNode table)) {
            throw yaml.problem(name, "is not a table (expected: rows by their names)");
        }
        for (var row : table.properties()) {
            if (!row.getValue().isObject()) {
                throw yaml.problem(name, "row '" + row.getKey() + "' is not a mapping (expected: entries)");
            }
            for (var entry : row.getValue().properties()) {
                checked(yaml, name, row.getKey() + "." + entry.getKey(), entry.getValue());
            }
        }
        return table;
    }

    private static void checked(YamlFile yaml, String table, String at, JsonNode entry) {
        if (!entry.isObject()) {
            return;
        }
        for (String key : entry.propertyNames()) {
            if (!LIMIT_KEYS.contains(key)) {
                throw yaml.problem(table, at + ": '" + key + "' is unknown (expected one of: most, count, hashtags)");
            }
        }
        if (!entry.path("most").isInt() && !entry.path("most").isLong() || Json.integer(entry, "most") < 1) {
            throw yaml.problem(table, at + ": 'most' (expected: an integer, at least 1)");
        }
        if (entry.has("count") && Counting.named(Json.string(entry, "count")).isEmpty()) {
            String words = Arrays.stream(Counting.values()).map(Counting::word).collect(Collectors.joining(", "));
            throw yaml.problem(table, at + ": 'count' (expected one of: " + words + ")");
        }
    }
}
