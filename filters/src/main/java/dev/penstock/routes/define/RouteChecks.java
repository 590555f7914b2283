package dev.penstock.routes.define;

import dev.penstock.exchange.LlmRoute;
import dev.penstock.routes.bind.Names;
import dev.penstock.routes.file.Problems;
import dev.penstock.routes.file.Tree;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Checks a route's own keys. */
final class RouteChecks {

    private static final Set<String> TIMEOUTS = Set.of("response-timeout", "connect-timeout");

    private final Problems problems;
    private final Set<String> models;

    RouteChecks(Problems problems, Set<String> models) {
        this.problems = problems;
        this.models = models;
    }

    void check(RouteConfig route, Tree at) {
        Tree uri = at.nearest("uri");
        if (!absolute(route.uri())) {
            problems.add(uri, uri.kind() + " (expected: llm://any, llm://NAME or another absolute URI)");
        } else if (route.llm()) {
            llm(route, at, uri);
        }
        if (route.metadata().containsKey(LlmRoute.METADATA)) {
            problems.add(
                    at.nearest("metadata"), "metadata '" + LlmRoute.METADATA + "' is taken (expected: another name)");
        }
    }

    private void llm(RouteConfig route, Tree at, Tree uri) {
        if (!route.uri().startsWith(RouteConfig.LLM) || route.uri().equals(RouteConfig.LLM)) {
            problems.add(uri, uri.kind() + " (expected: llm://any or llm://NAME)");
        } else if (!route.model().isEmpty() && !models.contains(route.model())) {
            problems.add(uri, Names.unknown("model", uri, route.model(), models));
        }
        if (route.predicates().isEmpty()) {
            problems.missing(at, "predicates", "at least one, such as Path=/v1/chat/completions");
        }
        route.metadata().keySet().stream()
                .filter(TIMEOUTS::contains)
                .forEach(key -> problems.add(
                        at.nearest("metadata"),
                        "metadata '" + key + "' has no effect on llm:// routes (use instead: providers.NAME.timeout)"));
    }

    private static boolean absolute(String uri) {
        try {
            return new URI(uri).isAbsolute();
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
