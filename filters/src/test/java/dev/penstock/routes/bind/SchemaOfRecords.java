package dev.penstock.routes.bind;

import dev.penstock.budget.Money;
import dev.penstock.core.Json;
import dev.penstock.routes.file.Tree;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the JSON Schema of what the binder takes, from the same records. */
public final class SchemaOfRecords {

    private static final Set<Class<?>> WHOLE = Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<Class<?>> NUMBERS = Set.of(double.class, Double.class, BigDecimal.class, Money.class);
    private static final Set<Class<?>> SWITCHES = Set.of(boolean.class, Boolean.class);

    private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

    private SchemaOfRecords() {}

    public static ObjectNode of(Class<? extends Record> root, String title) {
        SchemaOfRecords writer = new SchemaOfRecords();
        writer.record(root);
        ObjectNode schema = Json.object()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", title)
                .put("$ref", "#/$defs/" + name(root));
        ObjectNode all = schema.putObject("$defs");
        all.set("variable", Json.object().put("type", "string").put("pattern", "\\$\\{[^}]*}"));
        writer.definitions.forEach(all::set);
        return schema;
    }

    private ObjectNode any(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Tree.class) {
            return Json.object();
        }
        if (ScalarType.of(plain).isPresent()) {
            return scalar(plain);
        }
        if (plain.isEnum()) {
            return words(plain);
        }
        record(plain);
        return Json.object().put("$ref", "#/$defs/" + name(plain));
    }

    private ObjectNode generic(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return or(
                    any(arguments[0]),
                    Json.object().put("type", "null"),
                    Json.object().put("const", ""));
        }
        if (type.getRawType() == List.class) {
            ObjectNode list = Json.object().put("type", "array");
            list.set("items", any(arguments[0]));
            return or(list, any(arguments[0]), Json.object().put("type", "null"));
        }
        ObjectNode map = Json.object().put("type", "object");
        map.set("additionalProperties", any(arguments[1]));
        return or(map, Json.object().put("type", "null"));
    }

    private static ObjectNode scalar(Class<?> type) {
        if (WHOLE.contains(type)) {
            return orVariable(Json.object().put("type", "integer"));
        }
        if (NUMBERS.contains(type)) {
            ObjectNode number = Json.object().put("type", "number");
            return type == Money.class ? or(number, text(), Json.object().put("type", "null")) : orVariable(number);
        }
        if (SWITCHES.contains(type)) {
            return orVariable(Json.object().put("type", "boolean"));
        }
        return or(text(), Json.object().put("type", "number"), Json.object().put("type", "boolean"));
    }

    private static ObjectNode text() {
        return Json.object().put("type", "string");
    }

    private static ObjectNode words(Class<?> type) {
        ObjectNode known = Json.object();
        ArrayNode words = known.putArray("enum");
        Arrays.stream(type.getEnumConstants()).forEach(word -> words.add(Names.kebab(((Enum<?>) word).name())));
        return orVariable(known);
    }

    private static ObjectNode orVariable(ObjectNode schema) {
        return or(schema, Json.object().put("$ref", "#/$defs/variable"));
    }

    private static ObjectNode or(ObjectNode... schemas) {
        ObjectNode either = Json.object();
        Arrays.stream(schemas).forEach(either.putArray("anyOf")::add);
        return either;
    }

    private void record(Class<?> type) {
        if (definitions.containsKey(name(type))) {
            return;
        }
        ObjectNode schema = Json.object().put("type", "object").put("additionalProperties", false);
        definitions.put(name(type), schema);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.object().putArray("required");
        for (Component component : Component.of(type)) {
            boolean nested = component.type() instanceof Class<?> plain
                    && plain.isRecord()
                    && ScalarType.of(plain).isEmpty();
            ObjectNode value = any(component.type());
            properties.set(component.key(), nested ? or(value, Json.object().put("type", "null")) : value);
            boolean optional = component.standard() != null
                    || component.type() instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
            if (!optional) {
                required.add(component.key());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    private static String name(Class<?> type) {
        return type.getSimpleName();
    }
}
