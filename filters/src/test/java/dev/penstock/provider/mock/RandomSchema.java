package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Satisfiable schemas of all sorts. */
final class RandomSchema {

    private static final List<String> FORMATS = List.of("date", "uuid", "email", "uri", "ipv4", "time", "hostname");
    private static final List<String> PATTERNS = List.of("^[a-f0-9]{4,12}$", "^\\w+@\\w+$", "[xyz]+\\.", "^(ab|cd)*$");

    private RandomSchema() {}

    static ObjectNode of(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 0 -> number(random, "integer");
            case 1 -> number(random, "number");
            case 2 -> string(random);
            case 3 -> options(random);
            case 4 -> Json.object().put("type", random.nextBoolean() ? "boolean" : "null");
            case 5 -> array(random, depth);
            case 6 -> branches(random, depth, "anyOf");
            default -> object(random, depth);
        };
    }

    private static ObjectNode number(RandomGenerator random, String type) {
        int low = random.nextInt(-1000, 1000);
        ObjectNode schema = Json.object().put("type", type);
        if (random.nextBoolean()) {
            schema.put("minimum", low);
        }
        if (random.nextBoolean()) {
            schema.put(random.nextBoolean() ? "maximum" : "exclusiveMaximum", low + random.nextInt(2, 50));
        }
        return random.nextInt(4) == 0 ? schema.put("exclusiveMinimum", low - 1) : schema;
    }

    private static ObjectNode string(RandomGenerator random) {
        ObjectNode schema = Json.object().put("type", "string");
        return switch (random.nextInt(3)) {
            case 0 -> schema.put("format", FORMATS.get(random.nextInt(FORMATS.size())));
            case 1 -> schema.put("pattern", PATTERNS.get(random.nextInt(PATTERNS.size())));
            default -> {
                int least = random.nextInt(60);
                yield schema.put("minLength", least).put("maxLength", least + random.nextInt(40));
            }
        };
    }

    private static ObjectNode options(RandomGenerator random) {
        ObjectNode schema = Json.object();
        ArrayNode options = schema.putArray("enum");
        options.add("a").add(random.nextInt(100)).addNull().add(true);
        return schema;
    }

    private static ObjectNode array(RandomGenerator random, int depth) {
        ObjectNode schema = Json.object().put("type", "array");
        int least = random.nextInt(3);
        schema.put("minItems", least).put("maxItems", least + random.nextInt(3));
        schema.set("items", of(random, depth - 1));
        return schema;
    }

    private static ObjectNode branches(RandomGenerator random, int depth, String keyword) {
        ObjectNode schema = Json.object();
        ArrayNode branches = schema.putArray(keyword);
        for (int i = 0; i <= random.nextInt(3); i++) {
            branches.add(of(random, depth - 1));
        }
        return schema;
    }

    private static ObjectNode object(RandomGenerator random, int depth) {
        ObjectNode schema = Json.object().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (String name : List.of("content", "name", "tags", "count", "city")) {
            if (random.nextBoolean()) {
                properties.set(name, of(random, depth - 1));
            }
            if (properties.has(name) && random.nextBoolean()) {
                required.add(name);
            }
        }
        return schema;
    }
}
