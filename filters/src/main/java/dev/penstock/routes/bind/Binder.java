package dev.penstock.routes.bind;

import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Broken;
import dev.penstock.routes.file.Tree.Entries;
import dev.penstock.routes.file.Tree.Items;
import dev.penstock.routes.file.Tree.Nothing;
import dev.penstock.routes.file.Tree.Scalar;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Binds a tree to a type: records, {@code Optional}, {@code List} (a single value is a list of one), {@code Map} by name in
 * the file's order, enums, the types of {@link ScalarType}, and {@link Tree} itself for what is read elsewhere.
 *
 * <p>What is wrong is told to the {@link Problems}, and binding goes on; an empty result means that it was.
 */
public final class Binder {

    private final Problems problems;
    private final RecordBinder records;

    public Binder(Problems problems) {
        this.problems = problems;
        this.records = new RecordBinder(this, problems);
    }

    public <R extends Record> Optional<R> bind(Tree tree, Class<R> type) {
        return records.bind(tree, type).map(type::cast);
    }

    Optional<Object> value(Tree tree, Type type) {
        if (tree instanceof Broken) {
            return Optional.empty();
        }
        return type instanceof ParameterizedType generic ? generic(tree, generic) : plain(tree, (Class<?>) type);
    }

    private Optional<Object> generic(Tree tree, ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return optional(tree, arguments[0]);
        }
        if (type.getRawType() == List.class) {
            return list(tree, arguments[0]);
        }
        return map(tree, arguments[1]);
    }

    private Optional<Object> optional(Tree tree, Type type) {
        boolean blank = tree instanceof Scalar scalar && scalar.text().isBlank() && type != String.class;
        return blank || tree instanceof Nothing
                ? Optional.of(Optional.empty())
                : value(tree, type).map(Optional::of);
    }

    private Optional<Object> list(Tree tree, Type type) {
        if (tree instanceof Entries) {
            return wrong(tree, "a list");
        }
        List<Object> bound = new ArrayList<>();
        List<Tree> items =
                tree instanceof Items list ? list.items() : tree instanceof Scalar ? List.of(tree) : List.of();
        items.forEach(item -> value(item, type).ifPresent(bound::add));
        return Optional.of(Collections.unmodifiableList(bound));
    }

    private Optional<Object> map(Tree tree, Type type) {
        if (tree instanceof Nothing) {
            return Optional.of(Map.of());
        }
        if (!(tree instanceof Entries mapping)) {
            return wrong(tree, "a mapping");
        }
        Map<String, Object> bound = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> value(entry.value(), type).ifPresent(it -> bound.put(key, it)));
        return Optional.of(Collections.unmodifiableMap(bound));
    }

    private Optional<Object> plain(Tree tree, Class<?> type) {
        if (type == Tree.class) {
            return Optional.of(tree);
        }
        Optional<ScalarType> known = ScalarType.of(type);
        if (known.isPresent()) {
            return scalar(tree, known.get());
        }
        if (type.isRecord()) {
            return records.bind(tree, type);
        }
        if (type.isEnum()) {
            return new EnumBinder(problems).bind(tree, type);
        }
        throw new IllegalStateException("no form for " + type.getName() + " in routes.yml");
    }

    private Optional<Object> scalar(Tree tree, ScalarType type) {
        if (!(tree instanceof Scalar scalar)) {
            return wrong(tree, type.expected());
        }
        try {
            return Optional.of(type.parse().apply(scalar.text()));
        } catch (RuntimeException malformed) {
            return wrong(tree, type.expected());
        }
    }

    private Optional<Object> wrong(Tree tree, String expected) {
        problems.add(tree, tree.kind() + " (expected: " + expected + ")");
        return Optional.empty();
    }
}
