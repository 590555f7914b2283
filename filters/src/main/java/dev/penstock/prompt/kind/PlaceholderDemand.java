package dev.penstock.prompt.kind;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A text holds a place <code>{{name}}</code> for every name in a list of the request. */
record PlaceholderDemand(String field, String from) implements Demand {

    static final String FROM = "x-placeholders-from";

    /** Names no place: what is missing is the caller's own word. */
    @Override
    public Optional<Violation> violation(JsonNode value, JsonNode input) {
        String text = value.asString("");
        long missing = input.path(from)
                .valueStream()
                .filter(name -> !text.contains("{{" + name.asString("") + "}}"))
                .count();
        return missing == 0
                ? Optional.empty()
                : Optional.of(new Violation(
                        field, missing + " placeholders missing", "{{…}} for every element of '" + from + "'"));
    }

    @Override
    public JsonNode cut(JsonNode value, JsonNode input) {
        return value;
    }
}
