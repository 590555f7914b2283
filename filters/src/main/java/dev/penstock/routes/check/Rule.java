package dev.penstock.routes.check;

import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What one value of a record must be beyond its type.
 *
 * @param key where it stands below the record, dotted
 * @param expected for the message
 */
record Rule<T>(String key, Predicate<T> holds, String expected) {

    /** A number within both bounds, ends included. */
    static <T> Rule<T> within(String key, Function<T, Number> value, double least, double most) {
        String expected =
                most == Integer.MAX_VALUE ? number(least) + " or more" : number(least) + " to " + number(most);
        return new Rule<>(
                key,
                it -> value.apply(it).doubleValue() >= least && value.apply(it).doubleValue() <= most,
                expected);
    }

    static <T> Rule<T> atLeast(String key, Function<T, Number> value, double least) {
        return within(key, value, least, Integer.MAX_VALUE);
    }

    static <T> Rule<T> positive(String key, Function<T, Duration> value) {
        return new Rule<>(key, it -> value.apply(it).compareTo(Duration.ZERO) > 0, "more than 0");
    }

    static <T> Rule<T> within(String key, Function<T, Duration> value, Duration most, String expected) {
        return new Rule<>(
                key,
                it -> value.apply(it).compareTo(Duration.ZERO) > 0
                        && value.apply(it).compareTo(most) <= 0,
                expected);
    }

    static <T> void check(List<Rule<T>> rules, T value, Tree at, Problems problems) {
        for (Rule<T> rule : rules) {
            if (!rule.holds().test(value)) {
                Tree found = at.nearest(rule.key());
                problems.add(found, found.kind() + " (expected: " + rule.expected() + ")");
            }
        }
    }

    private static String number(double value) {
        return String.valueOf((long) value);
    }
}
