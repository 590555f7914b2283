package dev.penstock.prompt.template;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An expression of a template, compiled. Sees strings, numbers, booleans, lists and maps; calls nothing of Java. */
sealed interface Expression {

    /** Its value; {@code names} reads a root name, null for one that is absent. */
    @Nullable
    Object value(Function<String, @Nullable Object> names);

    /** Tells the root names that it reads. */
    void roots(Consumer<String> names);

    record Literal(Object constant) implements Expression {

        @Override
        public Object value(Function<String, @Nullable Object> names) {
            return constant;
        }

        @Override
        public void roots(Consumer<String> names) {}
    }

    /** A root name and the way from it: a member's name or an index at each step. A way that ends early is null. */
    record Path(String root, List<Object> steps) implements Expression {

        @Override
        public @Nullable Object value(Function<String, @Nullable Object> names) {
            Object at = names.apply(root);
            for (Object step : steps) {
                at = next(at, step);
            }
            return at;
        }

        private static @Nullable Object next(@Nullable Object at, Object step) {
            if (at instanceof Map<?, ?> map && step instanceof String name) {
                return map.get(name);
            }
            if (at instanceof List<?> list && step instanceof Integer index && index < list.size()) {
                return list.get(index);
            }
            return null;
        }

        @Override
        public void roots(Consumer<String> names) {
            names.accept(root);
        }
    }

    /** {@code first ?: otherwise}, where absent and empty values count as missing. */
    record Default(Expression first, Expression otherwise) implements Expression {

        @Override
        public @Nullable Object value(Function<String, @Nullable Object> names) {
            Object found = first.value(names);
            return PureFunction.isPresent(found) ? found : otherwise.value(names);
        }

        @Override
        public void roots(Consumer<String> names) {
            first.roots(names);
            otherwise.roots(names);
        }
    }

    record Call(PureFunction function, List<Expression> arguments) implements Expression {

        @Override
        public @Nullable Object value(Function<String, @Nullable Object> names) {
            Object[] values = new Object[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).value(names);
            }
            return function.apply(values);
        }

        @Override
        public void roots(Consumer<String> names) {
            arguments.forEach(argument -> argument.roots(names));
        }
    }
}
