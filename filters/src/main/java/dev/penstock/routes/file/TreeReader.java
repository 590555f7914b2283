package dev.penstock.routes.file;

import dev.penstock.routes.file.Tree.Broken;
import dev.penstock.routes.file.Tree.Entries;
import dev.penstock.routes.file.Tree.Entry;
import dev.penstock.routes.file.Tree.Items;
import dev.penstock.routes.file.Tree.Nothing;
import dev.penstock.routes.file.Tree.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads routes.yml into a tree.
 *
 * <p>Aliases are copied where they are used, so their number is bounded by the values they make, not only by how many there
 * are: a few lines could otherwise grow into gigabytes.
 */
public final class TreeReader {

    static final int MOST_VALUES = 50_000;

    private final String file;
    private final Placeholders environment;
    private final Problems problems;
    private int values;

    /** {@code environment} gives a variable's value, or null when it is not set. */
    public TreeReader(String file, Function<String, @Nullable String> environment, Problems problems) {
        this.file = file;
        this.environment = new Placeholders(environment);
        this.problems = problems;
    }

    /** The file's tree; empty when it cannot be read as YAML, which is told then. */
    public Optional<Tree> read(byte[] bytes) {
        return new YamlText(file, problems).compose(bytes).flatMap(this::tree);
    }

    private Optional<Tree> tree(Node root) {
        Tree tree = tree(root, "", 0);
        if (values > MOST_VALUES) {
            problems.add(new Problem(Place.whole(file), "", "more than " + MOST_VALUES + " values, aliases followed"));
            return Optional.empty();
        }
        return Optional.of(tree);
    }

    private Tree tree(Node node, String path, int depth) {
        Place place = place(node);
        if (++values > MOST_VALUES) {
            return new Broken(place, path);
        }
        if (depth > YamlText.DEEPEST) {
            problems.add(new Problem(place, path, "nested deeper than " + YamlText.DEEPEST));
            return new Broken(place, path);
        }
        if (node instanceof MappingNode mapping) {
            return new Entries(place, path, entries(mapping, path, depth));
        }
        if (node instanceof SequenceNode sequence) {
            return new Items(place, path, items(sequence, path, depth));
        }
        return scalar((ScalarNode) node, place, path);
    }

    private List<Tree> items(SequenceNode sequence, String path, int depth) {
        List<Tree> items = new ArrayList<>();
        for (Node node : sequence.getValue()) {
            items.add(tree(node, Paths.item(path, items.size()), depth + 1));
        }
        return items;
    }

    private Map<String, Entry> entries(MappingNode mapping, String path, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple pair : mapping.getValue()) {
            if (!(pair.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new Problem(place(pair.getKeyNode()), path, "a key that is not a text"));
                continue;
            }
            String under = Paths.child(path, key.getValue());
            Scalar name = new Scalar(place(key), under, key.getValue(), key.getValue());
            Entry first = entries.get(key.getValue());
            if (first == null) {
                entries.put(key.getValue(), new Entry(name, tree(pair.getValueNode(), under, depth + 1)));
            } else {
                problems.add(
                        name,
                        "duplicate key (expected: once; first at " + first.key().place() + ")");
            }
        }
        return entries;
    }

    private Tree scalar(ScalarNode node, Place place, String path) {
        if (node.isPlain() && Tag.NULL.equals(node.getTag())) {
            return new Nothing(place, path);
        }
        try {
            return new Scalar(place, path, node.getValue(), environment.resolve(node.getValue()));
        } catch (IllegalArgumentException unresolved) {
            problems.add(new Problem(place, path, unresolved.getMessage()));
            return new Broken(place, path);
        }
    }

    private Place place(Node node) {
        return node.getStartMark().map(mark -> at(file, mark)).orElse(Place.whole(file));
    }

    static Place at(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
