package dev.penstock.provider.anthropic;

import dev.penstock.core.Json;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adapts a JSON Schema to what structured output and strict tools take (PROVIDERS 15): objects are closed, {@code oneOf}
 * becomes {@code anyOf}, and keywords that are refused move into the description, where the model still sees them. The
 * caller validates the answer against its own schema.
 */
final class SchemaAdaptation {

    private static final Set<String> DROPPED = Set.of("$schema", "$id", "$comment", "discriminator");
    private static final Set<String> KEPT = Set.of("type", "title", "description", "enum", "required");
    private static final Set<String> NAMED_SCHEMAS = Set.of("properties", "$defs", "definitions");
    private static final Map<String, String> LISTS = Map.of("anyOf", "anyOf", "oneOf", "anyOf", "allOf", "allOf");
    private static final Set<String> FORMATS =
            Set.of("date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid");

    private final ObjectNode adapted = Json.object();
    private final StringJoiner unsaid = new StringJoiner(", ", "{", "}").setEmptyValue("");

    private SchemaAdaptation() {}

    /** A copy; the given schema is not changed. Something that is no object becomes the empty schema. */
    static ObjectNode of(JsonNode schema) {
        if (schema.path("$ref").isString()) {
            return reference(schema);
        }
        SchemaAdaptation adaptation = new SchemaAdaptation();
        schema.propertyStream().forEach(member -> adaptation.keyword(member.getKey(), member.getValue()));
        return adaptation.finish();
    }

    /** A reference stands alone in its node; the root's definitions stay beside it, or it would point nowhere. */
    private static ObjectNode reference(JsonNode schema) {
        ObjectNode alone = Json.object();
        alone.set("$ref", schema.path("$ref"));
        for (String definitions : Set.of("$defs", "definitions")) {
            if (schema.path(definitions).isObject()) {
                alone.set(definitions, named(schema.path(definitions)));
            }
        }
        return alone;
    }

    private void keyword(String name, JsonNode value) {
        if (KEPT.contains(name)) {
            adapted.set(name, value);
        } else if (NAMED_SCHEMAS.contains(name) && value.isObject()) {
            adapted.set(name, named(value));
        } else if (LISTS.containsKey(name) && value.isArray()) {
            ArrayNode list = adapted.withArrayProperty(LISTS.get(name));
            value.forEach(one -> list.add(of(one)));
        } else if (name.equals("items") && value.isObject()) {
            adapted.set(name, of(value));
        } else if (name.equals("const")) {
            adapted.putArray("enum").add(value);
        } else if (isAllowed(name, value)) {
            adapted.set(name, value);
        } else if (!DROPPED.contains(name) && !isClosing(name, value)) {
            unsaid.add(name + ": " + Json.LENIENT_DEPTH.text(value));
        }
    }

    private static boolean isAllowed(String name, JsonNode value) {
        return switch (name) {
            case "format" -> value.isString() && FORMATS.contains(value.stringValue());
            case "minItems" -> value.isIntegralNumber() && value.longValue() >= 0 && value.longValue() <= 1;
            default -> false;
        };
    }

    private static boolean isClosing(String name, JsonNode value) {
        return name.equals("additionalProperties") && value.isBoolean();
    }

    private static ObjectNode named(JsonNode schemas) {
        ObjectNode all = Json.object();
        schemas.propertyStream().forEach(member -> all.set(member.getKey(), of(member.getValue())));
        return all;
    }

    private ObjectNode finish() {
        guessType();
        if (isObject(adapted.path("type"))) {
            adapted.put("additionalProperties", false);
            adapted.withObjectProperty("properties");
        }
        if (unsaid.length() > 0) {
            String said = Json.string(adapted, "description");
            adapted.put("description", said.isEmpty() ? unsaid.toString() : said + "\n\n" + unsaid);
        }
        return adapted;
    }

    private void guessType() {
        if (adapted.has("type")) {
            return;
        }
        if (adapted.has("properties")) {
            adapted.put("type", "object");
        } else if (adapted.has("items")) {
            adapted.put("type", "array");
        }
    }

    private static boolean isObject(JsonNode type) {
        return type.isString()
                ? type.stringValue().equals("object")
                : type.valueStream()
                        .anyMatch(one -> one.isString() && one.stringValue().equals("object"));
    }
}
