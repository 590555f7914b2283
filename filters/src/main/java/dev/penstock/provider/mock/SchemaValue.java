package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a value that fits a JSON Schema, about a subject. Deep inside, only what is required is made, so that recursive
 * schemas end; a schema that costs too much, or that nothing can fit, gets a value that need not fit.
 */
final class SchemaValue {

    /** From this depth on optional members are left out and null is preferred. */
    static final int LEAN = 5;

    private static final int DEEPEST = 40;
    private static final int MOST_OPTIONS = 50;
    private static final int STEPS = 5_000;

    private final JsonNode root;
    private final RandomGenerator random;
    private final Allowance allowance = new Allowance(STEPS);
    private final SchemaFlat flat;
    private final SchemaFits fits;
    private final StringValue strings;
    private final MemberValues members;

    SchemaValue(JsonNode root, Subject subject, RandomGenerator random) {
        this.root = root;
        this.random = random;
        this.flat = new SchemaFlat(root, allowance);
        this.fits = new SchemaFits(flat, allowance);
        this.strings = new StringValue(subject, random);
        this.members = new MemberValues(this, random);
    }

    JsonNode value() {
        return of(root, "", 0);
    }

    /** {@code name} is the member's that the value is for. */
    JsonNode of(JsonNode schema, String name, int depth) {
        ObjectNode one = flat.of(schema);
        if (depth > DEEPEST || !allowance.take()) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (one.has("const")) {
            return one.path("const");
        }
        if (!one.path("enum").isEmpty()) {
            return choice(one, depth);
        }
        for (String keyword : List.of("oneOf", "anyOf")) {
            if (!one.path(keyword).isEmpty()) {
                return branch(one, keyword, name, depth);
            }
        }
        return one.has("if") ? conditional(one, name, depth) : plain(one, name, depth);
    }

    private JsonNode choice(ObjectNode schema, int depth) {
        JsonNode options = schema.path("enum");
        int first = random.nextInt(options.size());
        for (int i = 0; i < Math.min(options.size(), MOST_OPTIONS); i++) {
            JsonNode option = options.get((first + i) % options.size());
            if (fits.of(option, schema) && (depth >= LEAN || !option.isNull())) {
                return option;
            }
        }
        return options.get(0);
    }

    /** The first alternative whose value fits the whole; once more with required members only, which tells alternatives apart. */
    private JsonNode branch(ObjectNode schema, String keyword, String name, int depth) {
        ObjectNode rest = Json.object().setAll(schema);
        JsonNode branches = rest.remove(keyword);
        JsonNode first = null;
        for (int from : List.of(depth + 1, Math.max(depth + 1, LEAN))) {
            for (JsonNode branch : ordered(branches, depth)) {
                JsonNode value = of(SchemaMerge.of(flat.of(branch), rest), name, from);
                if (fits.of(value, schema)) {
                    return value;
                }
                first = first == null ? value : first;
            }
        }
        return first == null ? JsonNodeFactory.instance.nullNode() : first;
    }

    private List<JsonNode> ordered(JsonNode branches, int depth) {
        List<JsonNode> nulls = branches.valueStream().filter(this::isNull).toList();
        List<JsonNode> others = branches.valueStream().filter(b -> !isNull(b)).toList();
        Stream<List<JsonNode>> order = depth >= LEAN ? Stream.of(nulls, others) : Stream.of(others, nulls);
        return order.flatMap(List::stream).toList();
    }

    private boolean isNull(JsonNode schema) {
        return Json.string(schema, "type").equals("null");
    }

    private JsonNode conditional(ObjectNode schema, String name, int depth) {
        ObjectNode rest = Json.object().setAll(schema);
        JsonNode condition = rest.remove("if");
        JsonNode value = of(rest, name, depth + 1);
        if (fits.of(value, schema)) {
            return value;
        }
        JsonNode rule = schema.path(fits.of(value, condition) ? "then" : "else");
        return of(SchemaMerge.of(flat.of(rule), rest), name, depth + 1);
    }

    private JsonNode plain(ObjectNode schema, String name, int depth) {
        if (depth >= LEAN && SchemaTypes.of(schema.path("type")).contains("null")) {
            return JsonNodeFactory.instance.nullNode();
        }
        String type = SchemaTypes.preferred(schema);
        return switch (type) {
            case "object" -> members.object(schema, depth);
            case "array" -> members.array(schema, name, depth);
            case "integer", "number" -> NumberValue.of(schema, type, random);
            case "boolean" -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            case "null" -> JsonNodeFactory.instance.nullNode();
            default -> JsonNodeFactory.instance.stringNode(strings.of(schema, name));
        };
    }
}
