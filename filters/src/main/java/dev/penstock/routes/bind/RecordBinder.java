package dev.penstock.routes.bind;

import dev.penstock.exchange.Later;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Broken;
import dev.penstock.routes.file.Tree.Entries;
import dev.penstock.routes.file.Tree.Entry;
import dev.penstock.routes.file.Tree.Nothing;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds a mapping to a record: every key must be a component's name, every component must get a value or have a default. */
final class RecordBinder {

    private final Binder binder;
    private final Problems problems;

    RecordBinder(Binder binder, Problems problems) {
        this.binder = binder;
        this.problems = problems;
    }

    Optional<Object> bind(Tree tree, Class<?> type) {
        if (tree instanceof Broken) {
            return Optional.empty();
        }
        if (tree instanceof Nothing) {
            return mapping(new Entries(tree.place(), tree.path(), Map.of()), type);
        }
        if (tree instanceof Entries mapping) {
            return mapping(mapping, type);
        }
        problems.add(tree, tree.kind() + " (expected: a mapping)");
        return Optional.empty();
    }

    private Optional<Object> mapping(Entries mapping, Class<?> type) {
        List<Component> components = Component.of(type);
        mapping.entries().forEach((key, entry) -> unknown(key, entry, type));
        List<Object> values = new ArrayList<>();
        for (Component component : components) {
            component(mapping, component).ifPresent(values::add);
        }
        return values.size() == components.size() ? make(mapping, type, values) : Optional.empty();
    }

    private void unknown(String key, Entry entry, Class<?> type) {
        List<String> known = Component.of(type).stream().map(Component::key).toList();
        if (known.contains(key)) {
            return;
        }
        Later later = type.getAnnotation(Later.class);
        if (later != null && List.of(later.value()).contains(key)) {
            problems.later(entry.key());
        } else {
            problems.add(entry.key(), Names.unknown("key", key, known));
        }
    }

    private Optional<Object> component(Entries mapping, Component component) {
        Optional<Tree> found = mapping.find(component.key());
        if (found.isPresent()) {
            return binder.value(found.get(), component.type())
                    .or(() -> component.otherwise(mapping).flatMap(it -> binder.value(it, component.type())));
        }
        Optional<Tree> otherwise = component.otherwise(mapping);
        if (otherwise.isEmpty()) {
            problems.missing(mapping, component.key(), component.expected());
        }
        return otherwise.flatMap(it -> binder.value(it, component.type()));
    }

    private Optional<Object> make(Entries mapping, Class<?> type, List<Object> values) {
        try {
            Constructor<?> constructor = Component.constructor(type);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(values.toArray()));
        } catch (InvocationTargetException refused) {
            problems.add(mapping, String.valueOf(refused.getCause().getMessage()));
            return Optional.empty();
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(type.getName() + " cannot be made", impossible);
        }
    }
}
