package dev.penstock.routes.file;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code ${NAME}} and {@code ${NAME:default}}; a default may hold further ones. It stands for an empty variable
 * too, unlike in Spring: deployments set variables that they have no value for.
 */
final class Placeholders {

    private static final String OPEN = "${";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final int DEEPEST = 16;

    private final Function<String, @Nullable String> lookup;

    Placeholders(Function<String, @Nullable String> lookup) {
        this.lookup = lookup;
    }

    /**
     * @throws IllegalArgumentException with a message that names variables and never shows a value
     */
    String resolve(String raw) {
        return resolve(raw, 0);
    }

    private String resolve(String raw, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("${…} nested deeper than " + DEEPEST);
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int at = raw.indexOf(OPEN); at >= 0; at = raw.indexOf(OPEN, from)) {
            int end = close(raw, at);
            out.append(raw, from, at).append(value(raw.substring(at + OPEN.length(), end), depth));
            from = end + 1;
        }
        return out.append(raw.substring(from)).toString();
    }

    private String value(String inside, int depth) {
        int colon = inside.indexOf(':');
        String name = colon < 0 ? inside : inside.substring(0, colon);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("${…} without a name (expected: ${NAME} or ${NAME:default})");
        }
        String found = lookup.apply(name);
        if (found != null && (colon < 0 || !found.isEmpty())) {
            return found;
        }
        if (colon < 0) {
            throw new IllegalArgumentException("${" + name
                    + "} is not set (expected: an environment variable, or a default as in ${" + name + ":default})");
        }
        return resolve(inside.substring(colon + 1), depth + 1);
    }

    private static int close(String raw, int open) {
        int depth = 0;
        for (int at = open; at < raw.length(); at++) {
            if (raw.startsWith(OPEN, at)) {
                depth++;
                at++;
            } else if (raw.charAt(at) == '}' && --depth == 0) {
                return at;
            }
        }
        throw new IllegalArgumentException("${…} is not closed (expected: })");
    }
}
