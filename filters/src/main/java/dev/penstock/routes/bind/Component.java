package dev.penstock.routes.bind;

import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Items;
import dev.penstock.routes.file.Tree.Nothing;
import dev.penstock.routes.file.Tree.Scalar;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * A component of a configuration record.
 *
 * @param key its name in the file: Spring's {@code @Name}, else the component's in kebab case
 * @param standard its default, if it has one
 */
record Component(String key, Type type, @Nullable DefaultValue standard) {

    static List<Component> of(Class<?> type) {
        RecordComponent[] parts = type.getRecordComponents();
        List<Component> components = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            DefaultValue standard = constructor(type).getParameters()[i].getAnnotation(DefaultValue.class);
            Name named = constructor(type).getParameters()[i].getAnnotation(Name.class);
            String key = named == null ? Names.kebab(parts[i].getName()) : named.value();
            components.add(new Component(key, parts[i].getGenericType(), standard));
        }
        return components;
    }

    static Constructor<?> constructor(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(type.getName() + " is not a record", impossible);
        }
    }

    /** What stands in for a key that is not in {@code parent}; empty when it must be there. */
    Optional<Tree> otherwise(Tree parent) {
        String path = parent.path() + "." + key;
        boolean optional = type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
        if (standard == null) {
            return optional ? Optional.of(new Nothing(parent.place(), path)) : Optional.empty();
        }
        List<Tree> values = Arrays.stream(standard.value())
                .map(text -> (Tree) new Scalar(parent.place(), path, text, text))
                .toList();
        return Optional.of(
                switch (values.size()) {
                    case 0 -> new Nothing(parent.place(), path);
                    case 1 -> values.get(0);
                    default -> new Items(parent.place(), path, values);
                });
    }

    String expected() {
        if (type instanceof Class<?> plain) {
            return ScalarType.of(plain).map(ScalarType::expected).orElse("a mapping");
        }
        return ((ParameterizedType) type).getRawType() == List.class ? "a list" : "a mapping";
    }
}
