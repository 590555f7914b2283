package dev.penstock.prompt.template;

import dev.penstock.prompt.template.Templates.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a template before Thymeleaf does: lets two constructs through, compiles their expressions, and puts the words into
 * them that make Thymeleaf's rules ours ({@code present}, {@code elements}, {@code text}). A tag alone on its line takes the
 * line with it.
 *
 * <p>One instance a template.
 */
final class TemplateScanner {

    private static final List<String> FORBIDDEN = List.of(
            "__",
            "[[",
            "~{",
            "/*[",
            "#execInfo",
            "#ctx",
            "th:insert",
            "th:replace",
            "th:include",
            "th:text",
            "th:utext");

    private final List<Place> places;
    private final String text;
    private final KnownExpressions expressions;
    private final Set<String> read = new HashSet<>();
    private final Set<String> given = new HashSet<>();
    private final StringBuilder out = new StringBuilder();
    private int open;
    private int at;

    TemplateScanner(List<Place> places, String text, KnownExpressions expressions) {
        this.places = places;
        this.text = text;
        this.expressions = expressions;
    }

    /** The text for Thymeleaf. */
    String scan() {
        refuseForbidden();
        while (at < text.length()) {
            step();
        }
        if (open != 0) {
            throw problem("a tag is not closed (expected: [/])");
        }
        return out.toString();
    }

    /** The names that the template reads and does not give itself. */
    Set<String> roots() {
        Set<String> free = new HashSet<>(read);
        free.removeAll(given);
        return free;
    }

    private void refuseForbidden() {
        for (String word : FORBIDDEN) {
            at = text.indexOf(word);
            if (at >= 0) {
                throw problem("'" + word + "' is not allowed in templates");
            }
        }
        at = 0;
    }

    private void step() {
        if (text.startsWith("[(", at)) {
            value();
        } else if (text.startsWith("[#", at)) {
            open++;
            tag(at, opening());
        } else if (text.startsWith("[/", at)) {
            open--;
            tag(at, closing());
        } else {
            out.append(text.charAt(at++));
        }
    }

    private void value() {
        int end = text.indexOf("})]", at);
        if (!text.startsWith("[(${", at) || end < 0) {
            throw problem("'[(' without ${…} (expected: [(${name})])");
        }
        out.append("[(${").append(compile("text", text.substring(at + 4, end))).append("})]");
        at = end + 3;
    }

    private String closing() {
        if (!text.startsWith("[/]", at) || open < 0) {
            throw problem("a closing tag (expected: [/] behind an open [# …])");
        }
        return move(at + 3, "[/]");
    }

    private String opening() {
        TagScanner tag = new TagScanner(text, at + 2);
        StringBuilder written = new StringBuilder("[#");
        try {
            for (TagScanner.Attribute found : tag.attributes()) {
                written.append(' ').append(attribute(found));
            }
        } catch (IllegalArgumentException unreadable) {
            throw problem(unreadable.getMessage());
        }
        return move(tag.end(), written.append(']').toString());
    }

    private String attribute(TagScanner.Attribute found) {
        if (found.name().equals("th:each")) {
            given.add(found.variable());
            String list = compile("elements", found.expression());
            return "th:each=\"" + found.variable() + " : ${" + list + "}\"";
        }
        return found.name() + "=\"${" + compile("present", found.expression()) + "}\"";
    }

    private String compile(String function, String expression) {
        try {
            String whole = function + "(" + expression.strip() + ")";
            expressions.compile(whole).roots(read::add);
            return whole;
        } catch (IllegalArgumentException unreadable) {
            throw problem(unreadable.getMessage());
        }
    }

    private String move(int to, String written) {
        at = to;
        return written;
    }

    private void tag(int from, String written) {
        String before = text.substring(text.lastIndexOf('\n', from) + 1, from);
        int lineEnd = text.indexOf('\n', at);
        String behind = text.substring(at, lineEnd < 0 ? text.length() : lineEnd);
        if (before.isBlank() && behind.isBlank()) {
            out.setLength(out.length() - before.length());
            at = lineEnd < 0 ? text.length() : lineEnd + 1;
        }
        out.append(written);
    }

    private PromptException problem(String what) {
        int line = (int) text.substring(0, Math.min(at, text.length()))
                .chars()
                .filter(c -> c == '\n')
                .count();
        int known = Math.min(line, places.size() - 1);
        Place place = places.get(known);
        return PromptException.at(place.file(), place.line() + line - known, what);
    }
}
