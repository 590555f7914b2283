package dev.penstock.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What the rounds of one part measured: a number a round for each subject and column. */
final class Readings {

    private final Map<String, List<Double>> all = new LinkedHashMap<>();

    void add(String subject, String column, double value) {
        of(subject, column).add(value);
    }

    /** Shows what the last round said, while the run goes on. */
    void show(String subject, String... columns) {
        StringBuilder line = new StringBuilder("  " + subject + ":");
        for (String column : columns) {
            List<Double> values = of(subject, column);
            line.append(String.format(Locale.ROOT, " %s %.1f", column, values.get(values.size() - 1)));
        }
        System.out.println(line);
    }

    double median(String subject, String column) {
        return median(of(subject, column));
    }

    double least(String subject, String column) {
        return of(subject, column).stream().mapToDouble(it -> it).min().orElse(Double.NaN);
    }

    /** The median of what each round says. */
    double ratio(String subject, String base, String column) {
        List<Double> above = of(subject, column);
        List<Double> below = of(base, column);
        return median(
                pairs(above, below).mapToObj(i -> above.get(i) / below.get(i)).toList());
    }

    /** The same of the difference. */
    double difference(String subject, String base, String column) {
        List<Double> mine = of(subject, column);
        List<Double> theirs = of(base, column);
        return median(
                pairs(mine, theirs).mapToObj(i -> mine.get(i) - theirs.get(i)).toList());
    }

    private static IntStream pairs(List<Double> one, List<Double> other) {
        return IntStream.range(0, Math.min(one.size(), other.size()));
    }

    private List<Double> of(String subject, String column) {
        return all.computeIfAbsent(subject + '\n' + column, ignored -> new ArrayList<>());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    }
}
