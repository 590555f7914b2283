package dev.penstock.prompt.kind;

import com.networknt.schema.Error;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Puts the validator's errors into our words: its own messages quote values. */
final class Violations {

    private static final int LONGEST_NAME = 64;

    private Violations() {}

    /** {@code schema} is the whole schema, for the names that it knows. */
    static Violation of(Error error, JsonNode schema) {
        String path = path(error);
        String name = error.getProperty() == null ? "" : shortened(error.getProperty());
        String member = path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
        return switch (error.getKeyword()) {
            case "required", "dependentRequired" -> new Violation(member, "is missing", "a value");
            case "additionalProperties", "unevaluatedProperties" ->
                new Violation(member, "is unknown", known(path, schema));
            default ->
                new Violation(
                        path.isEmpty() ? "body" : path,
                        found(error.getInstanceNode()),
                        expected(error.getKeyword(), error.getSchemaNode()));
        };
    }

    private static String path(Error error) {
        String path = error.getInstanceLocation().toString();
        return shortened(path.startsWith("$.") ? path.substring(2) : path.substring(1));
    }

    private static String known(String path, JsonNode schema) {
        JsonNode names = schema.path("properties");
        return path.isEmpty() && names.isObject()
                ? "one of: " + String.join(", ", names.propertyNames())
                : "a name of the schema";
    }

    private static String found(@Nullable JsonNode node) {
        if (node == null) {
            return "nothing";
        }
        return node.isIntegralNumber() ? "integer" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static String expected(String keyword, @Nullable JsonNode rule) {
        String value = rule == null ? "" : listed(rule);
        return switch (keyword) {
            case "type" -> value;
            case "enum" -> "one of: " + value;
            case "minimum" -> "at least " + value;
            case "maximum" -> "at most " + value;
            case "minLength" -> "at least " + value + " characters";
            case "maxLength" -> "at most " + value + " characters";
            case "minItems" -> "at least " + value + " elements";
            case "maxItems" -> "at most " + value + " elements";
            default -> keyword + (value.length() > LONGEST_NAME ? "" : " " + value);
        };
    }

    private static String listed(JsonNode rule) {
        if (!rule.isArray()) {
            return rule.isValueNode() ? rule.asString() : "";
        }
        return StreamSupport.stream(rule.spliterator(), false)
                .map(element -> element.isValueNode() ? element.asString() : "…")
                .collect(Collectors.joining(", "));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }
}
