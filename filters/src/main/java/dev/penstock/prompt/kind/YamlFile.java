package dev.penstock.prompt.kind;

import dev.penstock.prompt.template.PromptException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A YAML file as a JSON tree that knows the lines of its first level. Duplicate keys are errors everywhere. */
final class YamlFile {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String file;
    private final ObjectNode root;
    private final Map<String, Integer> lines = new HashMap<>();

    private YamlFile(String file, MappingNode mapping) {
        this.file = file;
        this.root = object(mapping);
        mapping.getValue().forEach(member -> lines.put(key(member), line(member.getKeyNode())));
    }

    /** @throws PromptException with the line, when it is not one YAML mapping */
    static YamlFile parse(String file, String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file)
                    .setUseMarks(true)
                    .setMaxAliasesForCollections(0)
                    .build();
            Node node = new Compose(settings).composeString(text).orElse(null);
            if (node instanceof MappingNode mapping) {
                return new YamlFile(file, mapping);
            }
        } catch (MarkedYamlEngineException broken) {
            int line = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw PromptException.at(file, line, "not YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            throw new PromptException(file, "not YAML: " + broken.getMessage());
        }
        throw PromptException.at(file, 1, "not a mapping (expected: key: value lines)");
    }

    Set<String> keys() {
        return new LinkedHashSet<>(root.propertyNames());
    }

    JsonNode get(String key) {
        return root.path(key);
    }

    /** A member at fault; a missing one is told at the first line. */
    PromptException problem(String key, String what) {
        return PromptException.at(file, lines.getOrDefault(key, 1), "'" + key + "' " + what);
    }

    void refuseOthersThan(List<String> known) {
        for (String key : root.propertyNames()) {
            if (!known.contains(key)) {
                throw problem(key, "is unknown (expected one of: " + String.join(", ", known) + ")");
            }
        }
    }

    private JsonNode tree(Node node) {
        if (node instanceof MappingNode mapping) {
            return object(mapping);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.getValue().forEach(element -> array.add(tree(element)));
            return array;
        }
        if (node instanceof ScalarNode scalar) {
            return value(scalar);
        }
        throw PromptException.at(file, line(node), "an alias (expected: a value)");
    }

    private ObjectNode object(MappingNode mapping) {
        ObjectNode object = NODES.objectNode();
        for (NodeTuple member : mapping.getValue()) {
            if (object.has(key(member))) {
                throw PromptException.at(
                        file, line(member.getKeyNode()), "'" + key(member) + "' stands twice (expected: once)");
            }
            object.set(key(member), tree(member.getValueNode()));
        }
        return object;
    }

    private String key(NodeTuple member) {
        if (member.getKeyNode() instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw PromptException.at(file, line(member.getKeyNode()), "a key that is not a word");
    }

    private static JsonNode value(ScalarNode scalar) {
        Tag tag = scalar.getTag();
        String text = scalar.getValue();
        if (tag.equals(Tag.INT) && text.length() < 18) {
            return NODES.numberNode(Long.parseLong(text));
        }
        if (tag.equals(Tag.FLOAT) && Double.isFinite(Double.parseDouble(text))) {
            return NODES.numberNode(Double.parseDouble(text));
        }
        if (tag.equals(Tag.BOOL)) {
            return NODES.booleanNode(Boolean.parseBoolean(text));
        }
        return tag.equals(Tag.NULL) ? NODES.nullNode() : NODES.stringNode(text);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
