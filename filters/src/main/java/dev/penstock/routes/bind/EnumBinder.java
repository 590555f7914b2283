package dev.penstock.routes.bind;

import dev.penstock.exchange.Later;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import dev.penstock.routes.file.Tree.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds one of a closed list of words, in lower kebab case. */
final class EnumBinder {

    private final Problems problems;

    EnumBinder(Problems problems) {
        this.problems = problems;
    }

    Optional<Object> bind(Tree tree, Class<?> type) {
        Map<String, Object> words = words(type);
        if (tree instanceof Scalar scalar && words.containsKey(scalar.text())) {
            return Optional.of(words.get(scalar.text()));
        }
        if (tree instanceof Scalar scalar && later(type, words, scalar.text())) {
            problems.add(tree, tree.kind() + " is not in this version (expected: " + list(words) + ")");
        } else {
            problems.add(tree, tree.kind() + " (expected: " + list(words) + ")");
        }
        return Optional.empty();
    }

    // a switch that only knows off has no other position yet
    private static boolean later(Class<?> type, Map<String, Object> words, String word) {
        Later later = type.getAnnotation(Later.class);
        return later != null && List.of(later.value()).contains(word)
                || words.keySet().equals(Set.of("off"));
    }

    private static String list(Map<String, Object> words) {
        return words.size() == 1 ? words.keySet().iterator().next() : "one of: " + String.join(", ", words.keySet());
    }

    private static Map<String, Object> words(Class<?> type) {
        Map<String, Object> words = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            words.put(Names.kebab(((Enum<?>) constant).name()), constant);
        }
        return words;
    }
}
