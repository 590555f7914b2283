package dev.penstock.routes.define;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.cloud.gateway.support.Configurable;
import org.springframework.cloud.gateway.support.ShortcutConfigurable;
import org.springframework.cloud.gateway.support.ShortcutConfigurable.ShortcutType;
import org.springframework.util.StringUtils;

/**
 * A filter or predicate factory, looked at from the file.
 *
 * @param factory the bean
 */
record Plug(String name, ShortcutConfigurable factory) {

    /** The names of its arguments; a bean's as its setters spell them. */
    Collection<String> arguments() {
        Set<String> names = new LinkedHashSet<>();
        factory.shortcutFieldOrder().forEach(field -> names.add(first(field)));
        Class<?> config = ((Configurable<?>) factory).getConfigClass();
        if (config.isRecord()) {
            Arrays.stream(config.getRecordComponents())
                    .map(RecordComponent::getName)
                    .forEach(names::add);
        }
        for (Class<?> type = config; type != null && type != Object.class; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(Plug::sets)
                    .map(method -> StringUtils.uncapitalize(method.getName().substring(3)))
                    .sorted()
                    .forEach(names::add);
        }
        return names;
    }

    /** The arguments that {@code Name=a, b} fills, in their order. */
    List<String> shortcut() {
        return factory.shortcutFieldOrder();
    }

    /** Whether {@code Name=a, b, …} takes any number of values. */
    boolean gathers() {
        return factory.shortcutType() != ShortcutType.DEFAULT;
    }

    /** The top of a dotted or indexed argument name. */
    static String first(String argument) {
        return argument.split("[.\\[]", 2)[0];
    }

    // as Spring's own binder sees setters: package-private ones count
    private static boolean sets(Method method) {
        int modifiers = method.getModifiers();
        return method.getName().matches("set[A-Z].*")
                && method.getParameterCount() == 1
                && !method.isBridge()
                && !Modifier.isPrivate(modifiers)
                && !Modifier.isProtected(modifiers)
                && !Modifier.isStatic(modifiers)
                && !method.getName().equals("setRouteId");
    }
}
