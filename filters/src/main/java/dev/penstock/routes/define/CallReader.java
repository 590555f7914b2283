package dev.penstock.routes.define;

import dev.penstock.routes.bind.Binder;
import dev.penstock.routes.define.Call.Form;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Broken;
import dev.penstock.routes.file.Tree.Entries;
import dev.penstock.routes.file.Tree.Items;
import dev.penstock.routes.file.Tree.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.cloud.gateway.filter.FilterDefinition;

/** Reads the two ways to write a filter or predicate. */
final class CallReader {

    /** The long way. */
    record Named(String name, @DefaultValue Map<String, Tree> args) {}

    private final Problems problems;

    CallReader(Problems problems) {
        this.problems = problems;
    }

    List<Call> read(List<Tree> trees) {
        List<Call> calls = new ArrayList<>();
        trees.forEach(tree -> read(tree).ifPresent(calls::add));
        return calls;
    }

    private Optional<Call> read(Tree tree) {
        if (tree instanceof Scalar scalar) {
            return brief(scalar);
        }
        if (tree instanceof Entries) {
            return new Binder(problems).bind(tree, Named.class).map(named -> named(tree, named));
        }
        if (!(tree instanceof Broken)) {
            problems.add(tree, tree.kind() + " (expected: Name, Name=arguments, or a mapping of name and args)");
        }
        return Optional.empty();
    }

    private Optional<Call> brief(Scalar scalar) {
        String text = scalar.text().strip();
        String name = text.split("=", 2)[0].strip();
        if (name.isEmpty()) {
            problems.add(scalar, scalar.kind() + " (expected: Name or Name=arguments)");
            return Optional.empty();
        }
        // Spring's own reading, so that arguments are cut here as they are there
        Map<String, String> args = text.contains("=") ? new FilterDefinition(text).getArgs() : Map.of();
        return Optional.of(new Call(scalar, name, args, Form.SHORT));
    }

    private static Call named(Tree tree, Named named) {
        Map<String, String> args = new LinkedHashMap<>();
        named.args().forEach((key, value) -> flatten(key, value, args));
        return new Call(tree.nearest("name"), named.name(), args, Form.NAMED);
    }

    private static void flatten(String key, Tree value, Map<String, String> args) {
        if (value instanceof Scalar scalar) {
            args.put(key, scalar.text());
        } else if (value instanceof Items list) {
            for (int i = 0; i < list.items().size(); i++) {
                flatten(key + "[" + i + "]", list.items().get(i), args);
            }
        } else if (value instanceof Entries mapping) {
            mapping.entries().forEach((inner, entry) -> flatten(key + "." + inner, entry.value(), args));
        }
    }
}
