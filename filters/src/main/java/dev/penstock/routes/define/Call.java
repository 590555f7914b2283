package dev.penstock.routes.define;

import dev.penstock.routes.file.Tree;
import java.util.Map;

/**
 * A filter or predicate as a route names it.
 *
 * @param args by name, or by Spring's generated names when written as {@code Name=args}
 */
record Call(Tree at, String name, Map<String, String> args, Form form) {

    enum Form {
        /** {@code Name} or {@code Name=a, b}. */
        SHORT,
        /** {@code {name: Name, args: {…}}}. */
        NAMED
    }

    /** Whether it only takes a default filter away. */
    boolean off() {
        return form == Form.SHORT && args.size() == 1 && args.containsValue("off");
    }
}
