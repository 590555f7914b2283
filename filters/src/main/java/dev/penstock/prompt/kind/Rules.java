package dev.penstock.prompt.kind;

import dev.penstock.core.Counting;
import dev.penstock.core.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What platforms allow, for one kind: a table, and the fields of the request that choose a row of it.
 *
 * @param by their values, joined by {@code /}, name the row; without one of that name the last value is left out, and in the
 *     end the row {@code any} holds
 */
record Rules(ObjectNode table, List<String> by) {

    static final Rules NONE = new Rules(Json.object(), List.of());

    private static final String LAST = "any";

    /** The most that a text may have, and how it is counted; {@code hashtags} is the most of these. */
    record Limit(int most, Counting counting, int hashtags) {}

    boolean isEmpty() {
        return table.isEmpty();
    }

    /** @throws IllegalArgumentException when a request can name a row that is not there */
    void refuseGaps(InputSchema input) {
        by.forEach(input::requireText);
        if (isEmpty() || table.has(LAST)) {
            return;
        }
        List<String> rows = by.isEmpty() ? List.of() : input.choices(by.get(0));
        if (rows.isEmpty() || !rows.stream().allMatch(table::has)) {
            throw new IllegalArgumentException("a row for every value of " + by + ", or '" + LAST + "' (found: "
                    + String.join(", ", table.propertyNames()) + ")");
        }
    }

    /** The row for this request. */
    JsonNode row(JsonNode input) {
        List<String> values = by.stream()
                .map(field -> Json.string(input, field).strip().toLowerCase(Locale.ROOT))
                .toList();
        for (int used = values.size(); used > 0; used--) {
            String name = values.stream().limit(used).collect(Collectors.joining("/"));
            if (table.has(name)) {
                return table.path(name);
            }
        }
        return table.path(LAST);
    }

    /** Whether every row bounds the text of this name. */
    boolean bound(String name) {
        return !isEmpty() && table.valueStream().allMatch(row -> row.path(name).has("most"));
    }

    Optional<Limit> limit(String name, JsonNode input) {
        JsonNode entry = row(input).path(name);
        if (!entry.has("most")) {
            return Optional.empty();
        }
        return Optional.of(new Limit(
                (int) Math.min(Json.integer(entry, "most"), Integer.MAX_VALUE),
                Counting.named(Json.string(entry, "count")).orElse(Counting.CODE_POINTS),
                entry.path("hashtags").asInt(Integer.MAX_VALUE)));
    }
}
