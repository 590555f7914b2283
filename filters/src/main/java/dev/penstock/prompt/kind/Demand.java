package dev.penstock.prompt.kind;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What an answer's field must be that JSON Schema cannot say, since it depends on the request. A keyword that starts with
 * {@code x-} in the answer's schema states one.
 */
sealed interface Demand permits LengthDemand, CountDemand, PlaceholderDemand, ComplianceDemand {

    /** The field of the answer. */
    String field();

    /** What is wrong with the field's value, if something is. */
    Optional<Violation> violation(JsonNode value, JsonNode input);

    /** A value that is cut to what is demanded, as far as cutting can do it. */
    JsonNode cut(JsonNode value, JsonNode input);
}
