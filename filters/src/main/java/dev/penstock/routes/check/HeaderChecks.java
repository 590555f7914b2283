package dev.penstock.routes.check;

import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks headers that are set on every request to somewhere. */
final class HeaderChecks {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

    /** Headers that belong to one request or connection, not to where it goes. */
    private static final Set<String> OURS = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "transfer-encoding",
            "accept",
            "accept-encoding",
            "traceparent",
            "tracestate",
            "baggage");

    private final Problems problems;
    private final String whose;

    /** {@code whose} they may be, such as {@code the provider}. */
    HeaderChecks(Problems problems, String whose) {
        this.problems = problems;
        this.whose = whose;
    }

    void check(Map<String, String> headers, Tree at) {
        headers.forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || OURS.contains(name.toLowerCase(Locale.ROOT))) {
                problems.add(
                        at.nearest(name), "a header that cannot be set here (expected: one of " + whose + "'s own)");
            }
            if (!VALUE.matcher(value).matches()) {
                problems.add(at.nearest(name), "a value that no header can carry (expected: printable ASCII)");
            }
        });
    }
}
