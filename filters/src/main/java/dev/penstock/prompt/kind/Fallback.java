package dev.penstock.prompt.kind;

import dev.penstock.core.Json;
import dev.penstock.prompt.template.Each;
import dev.penstock.prompt.template.PromptException;
import dev.penstock.prompt.template.Template;
import dev.penstock.prompt.template.Templates;
import dev.penstock.prompt.template.Templates.Place;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer that stands in for a model's: a JSON object whose strings are templates. The tree is built here and values only
 * ever fill strings, so no value can add a field. In a list, {@code {"$each": "name : ${list}", "$give": …}} becomes one
 * element for each of the list's.
 */
final class Fallback {

    private static final String EACH = "$each";
    private static final String GIVE = "$give";

    private final ObjectNode tree;
    private final String file;
    private final Map<String, Template> templates = new TreeMap<>();
    private final Map<String, Each> loops = new TreeMap<>();
    private final Set<String> roots = new TreeSet<>();

    private Fallback(String file, ObjectNode tree) {
        this.file = file;
        this.tree = tree;
    }

    /** @throws PromptException when one of its templates cannot be read */
    static Fallback of(String file, ObjectNode tree, Templates templates) {
        Fallback fallback = new Fallback(file, tree);
        fallback.compile(tree, templates, Set.of());
        return fallback;
    }

    /** Not yet cut to any limit. */
    ObjectNode render(Map<String, Object> values) {
        return object(tree, values);
    }

    /** The names that it reads from its data. */
    Set<String> roots() {
        return Set.copyOf(roots);
    }

    private void compile(JsonNode node, Templates compiler, Set<String> given) {
        Set<String> names = node.has(EACH) ? repeated(node, compiler, given) : given;
        if (node.isString()) {
            String text = node.stringValue();
            templates.computeIfAbsent(text, ignored -> compiler.compile(new Place(file, 1), text));
            reads(templates.get(text).roots(), given);
        }
        if (node.has(EACH)) {
            compile(node.path(GIVE), compiler, names);
        } else {
            node.forEach(below -> compile(below, compiler, given));
        }
    }

    private Set<String> repeated(JsonNode node, Templates compiler, Set<String> given) {
        if (node.size() != 2 || !node.has(GIVE)) {
            throw new PromptException(file, "'" + EACH + "' without '" + GIVE + "' (expected: these two)");
        }
        Each each = compiler.each(new Place(file, 1), Json.string(node, EACH));
        loops.put(Json.string(node, EACH), each);
        reads(each.roots(), given);
        Set<String> more = new TreeSet<>(given);
        more.add(each.name());
        return more;
    }

    private void reads(Set<String> names, Set<String> given) {
        names.stream().filter(name -> !given.contains(name)).forEach(roots::add);
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
            node.forEach(element -> elements(element, values).forEach(array::add));
            return array;
        }
        return node.isString()
                ? JsonNodeFactory.instance.stringNode(
                        templates.get(node.stringValue()).render(values))
                : node;
    }

    private Stream<JsonNode> elements(JsonNode element, Map<String, Object> values) {
        return element.has(EACH)
                ? loops.get(Json.string(element, EACH)).over(values).map(more -> filled(element.path(GIVE), more))
                : Stream.of(filled(element, values));
    }
}
