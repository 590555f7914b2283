package dev.penstock.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A Markdown table, to be pasted into docs/performance.md. */
final class Table {

    private final String title;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(String title) {
        this.title = title;
    }

    static Table of(String title, String... columns) {
        Table table = new Table(title);
        table.row(columns);
        table.row(Arrays.stream(columns).map(column -> "---").toArray(String[]::new));
        return table;
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    void print() {
        StringBuilder text = new StringBuilder("\n" + title + "\n\n");
        rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        System.out.println(text);
    }

    /** {@code –} for what was not measured. */
    static String number(double value, int digits) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    /** Two numbers in one cell. */
    static String pair(double one, double other, int digits) {
        return number(one, digits) + " / " + number(other, digits);
    }
}
