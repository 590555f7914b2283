package dev.penstock.prompt.kind;

import dev.penstock.core.Json;
import dev.penstock.prompt.template.Template;
import dev.penstock.prompt.template.Templates;
import dev.penstock.prompt.template.Templates.Place;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer that stands in for a model's: a JSON object whose strings are templates. The tree is built here and values only
 * ever fill strings, so no value can add a field.
 */
final class Fallback {

    private final ObjectNode tree;
    private final Map<String, Template> templates = new TreeMap<>();

    private Fallback(ObjectNode tree) {
        this.tree = tree;
    }

    static Fallback of(String file, ObjectNode tree, Templates templates) {
        Fallback fallback = new Fallback(tree);
        fallback.compile(file, tree, templates);
        return fallback;
    }

    private void compile(String file, JsonNode node, Templates compiler) {
        if (node.isString()) {
            String text = node.stringValue();
            templates.computeIfAbsent(text, ignored -> compiler.compile(new Place(file, 1), text));
        }
        node.forEach(below -> compile(file, below, compiler));
    }

    /** Not yet cut to any limit. */
    ObjectNode render(Map<String, Object> values) {
        return object(tree, values);
    }

    Set<String> roots() {
        Set<String> roots = new TreeSet<>();
        templates.values().forEach(template -> roots.addAll(template.roots()));
        return roots;
    }

    private ObjectNode object(JsonNode from, Map<String, Object> values) {
        ObjectNode object = Json.object();
        from.properties().forEach(member -> object.set(member.getKey(), filled(member.getValue(), values)));
        return object;
    }

    private JsonNode filled(JsonNode node, Map<String, Object> values) {
        if (node.isObject()) {
            return object(node, values);
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(filled(element, values)));
            return array;
        }
        return node.isString()
                ? JsonNodeFactory.instance.stringNode(
                        templates.get(node.stringValue()).render(values))
                : node;
    }
}
