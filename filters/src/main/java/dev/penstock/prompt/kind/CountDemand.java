package dev.penstock.prompt.kind;

import dev.penstock.core.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A list has exactly as many elements as an integer field of the request says. */
record CountDemand(String field, String from) implements Demand {

    static final String FROM = "x-count-from";

    @Override
    public Optional<Violation> violation(JsonNode value, JsonNode input) {
        long wanted = Json.integer(input, from);
        return !input.has(from) || value.size() == wanted
                ? Optional.empty()
                : Optional.of(new Violation(field, value.size() + " elements", "exactly " + wanted + " elements"));
    }

    @Override
    public JsonNode cut(JsonNode value, JsonNode input) {
        ArrayNode list = Json.object().putArray(field);
        value.valueStream().limit(Json.integer(input, from)).forEach(list::add);
        return input.has(from) ? list : value;
    }
}
