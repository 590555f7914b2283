package dev.penstock.prompt.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code th:each="x : ${list}" th:if="${y}"]} behind {@code [#}. One instance a tag. */
final class TagScanner {

    private static final Set<String> CONDITIONS = Set.of("th:if", "th:unless");

    private final String text;
    private int at;

    TagScanner(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /** {@code variable} is what {@code th:each} names an element, empty for conditions. */
    record Attribute(String name, String variable, String expression) {}

    /** @throws IllegalArgumentException saying what was expected */
    List<Attribute> attributes() {
        List<Attribute> found = new ArrayList<>();
        while (!skipSpaceTo(']')) {
            Attribute next = attribute();
            if (found.stream().anyMatch(before -> before.name().equals(next.name()))) {
                throw new IllegalArgumentException("'" + next.name() + "' stands twice in one tag (expected: once)");
            }
            found.add(next);
        }
        if (found.isEmpty()) {
            throw expected("th:if, th:unless or th:each");
        }
        at++;
        return found;
    }

    /** The index behind the tag. */
    int end() {
        return at;
    }

    private Attribute attribute() {
        String name = until("=\"", "th:if=\"${…}\", th:unless=\"${…}\" or th:each=\"name : ${…}\"");
        String value = until("\"", "a closing quote");
        if (CONDITIONS.contains(name)) {
            return new Attribute(name, "", inBraces(value));
        }
        int colon = value.indexOf(':');
        if (!name.equals("th:each") || colon < 0) {
            throw expected("th:if=\"${…}\", th:unless=\"${…}\" or th:each=\"name : ${…}\"");
        }
        return new Attribute(name, variable(value.substring(0, colon).strip()), inBraces(value.substring(colon + 1)));
    }

    private String variable(String name) {
        if (!(ExpressionParser.parse(name) instanceof Expression.Path path
                && path.root().equals(name))) {
            throw expected("a name before the colon of th:each");
        }
        return name;
    }

    private String inBraces(String value) {
        String stripped = value.strip();
        if (!stripped.startsWith("${") || !stripped.endsWith("}")) {
            throw expected("${…}");
        }
        return stripped.substring(2, stripped.length() - 1);
    }

    private String until(String mark, String what) {
        int end = text.indexOf(mark, at);
        if (end < 0) {
            throw expected(what);
        }
        String found = text.substring(at, end);
        at = end + mark.length();
        return found;
    }

    private boolean skipSpaceTo(char mark) {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        if (at == text.length()) {
            throw expected("']'");
        }
        return text.charAt(at) == mark;
    }

    private static IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("a tag that cannot be read (expected: " + what + ")");
    }
}
