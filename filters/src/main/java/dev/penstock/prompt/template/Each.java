package dev.penstock.prompt.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A name that stands for each element of a list in turn, compiled. Safe to share between threads. */
public final class Each {

    private static final Pattern FORM = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*:\\s*\\$\\{(.*)}\\s*");

    private final String name;
    private final Expression list;

    private Each(String name, Expression list) {
        this.name = name;
        this.list = list;
    }

    static Each of(String text, KnownExpressions expressions) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' (expected: name : ${list})");
        }
        return new Each(
                form.group(1), expressions.compile("elements(" + form.group(2).strip() + ")"));
    }

    public String name() {
        return name;
    }

    /** The names that the list reads. */
    public Set<String> roots() {
        Set<String> roots = new TreeSet<>();
        list.roots(roots::add);
        return roots;
    }

    /** The values with each element in turn under the name; none for an absent or empty list. */
    public Stream<Map<String, Object>> over(Map<String, Object> values) {
        return list.value(values::get) instanceof List<?> elements
                ? elements.stream().map(element -> with(values, element))
                : Stream.empty();
    }

    private Map<String, Object> with(Map<String, Object> values, Object element) {
        Map<String, Object> more = new HashMap<>(values);
        more.put(name, element);
        return more;
    }
}
