package dev.penstock.prompt.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The functions that an expression may call: no state, no effect, nothing beyond their arguments. */
enum PureFunction {
    /** The elements of a list as one text, with a separator. */
    JOIN(2) {
        @Override
        Object apply(@Nullable Object[] given) {
            return elements(given[0]).stream().map(PureFunction::asText).collect(Collectors.joining(asText(given[1])));
        }
    },
    /**
     * A text between two lines of backticks, more of them than it holds in a row itself: it stays as it is, and cannot end
     * its own fence.
     */
    FENCE(1) {
        @Override
        Object apply(@Nullable Object[] given) {
            String text = asText(given[0]);
            String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
            return fence + "\n" + text + "\n" + fence;
        }
    },
    /** How many elements a list, members a map, characters a text has. */
    SIZE(1) {
        @Override
        Object apply(@Nullable Object[] given) {
            String text = given[0] instanceof String it ? it : "";
            return given[0] instanceof String
                    ? text.codePointCount(0, text.length())
                    : elements(given[0]).size();
        }
    },
    /** One line for each element of a list or member of a map, which is {@code name: value}. */
    LINES(1) {
        @Override
        Object apply(@Nullable Object[] given) {
            Object from = given[0];
            return from instanceof Map<?, ?> map
                    ? map.entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + asText(entry.getValue()))
                            .collect(Collectors.joining("\n"))
                    : elements(from).stream().map(PureFunction::asText).collect(Collectors.joining("\n"));
        }
    },
    /** The numbers from 1 to a number, at most 1000 of them. */
    RANGE(1) {
        @Override
        Object apply(@Nullable Object[] given) {
            int last = given[0] instanceof Number number ? Math.min(number.intValue(), LONGEST_RANGE) : 0;
            return IntStream.rangeClosed(1, last).boxed().toList();
        }
    },
    /** The element of a list at a place that counts from 1 and begins again behind the last. */
    CYCLE(2) {
        @Override
        @Nullable
        Object apply(@Nullable Object[] given) {
            List<?> all = elements(given[0]);
            boolean isThere = given[1] instanceof Number && !all.isEmpty();
            return isThere ? all.get(Math.floorMod(((Number) given[1]).intValue() - 1, all.size())) : null;
        }
    },
    /** What the condition of {@code th:if} becomes. */
    PRESENT(1) {
        @Override
        Object apply(@Nullable Object[] given) {
            return isPresent(given[0]);
        }
    },
    /** What the list of {@code th:each} becomes; a map's elements have {@code key} and {@code value}. */
    ELEMENTS(1) {
        @Override
        Object apply(@Nullable Object[] given) {
            return elements(given[0]);
        }
    },
    /** What is written: nothing for an absent value, a number without an exponent, a list with commas. */
    TEXT(1) {
        @Override
        Object apply(@Nullable Object[] given) {
            return asText(given[0]);
        }
    };

    private static final int LONGEST_RANGE = 1000;

    private final int arity;

    PureFunction(int arity) {
        this.arity = arity;
    }

    abstract @Nullable Object apply(@Nullable Object[] given);

    int arity() {
        return arity;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<PureFunction> named(String word) {
        for (PureFunction function : values()) {
            if (function.word().equals(word)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }

    /** Absent, false, and empty texts, lists and maps are not present; the number 0 is. */
    static boolean isPresent(@Nullable Object value) {
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            return !elements(value).isEmpty();
        }
        return value != null && !Boolean.FALSE.equals(value);
    }

    private static List<?> elements(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            List<Object> entries = new ArrayList<>(map.size());
            map.forEach((key, member) -> entries.add(Map.of("key", key, "value", member)));
            return entries;
        }
        return isPresent(value) ? List.of(value) : List.of();
    }

    private static String asText(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(PureFunction::asText).collect(Collectors.joining(", "));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + asText(entry.getValue()))
                    .collect(Collectors.joining("; "));
        }
        return value == null ? "" : value.toString();
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
