package dev.penstock.routes.define;

import dev.penstock.routes.file.Tree;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One entry of {@code routes:}, with the keys of Spring's own route definitions.
 *
 * @param uri {@code llm://any}, {@code llm://NAME}, or any that Spring Cloud Gateway routes to
 * @param predicates {@code Name=args} or {@code {name, args}}
 * @param filters likewise; on {@code llm://} routes also {@code Name=off}
 */
public record RouteConfig(
        String id,
        String uri,
        @DefaultValue List<Tree> predicates,
        @DefaultValue List<Tree> filters,
        @DefaultValue Map<String, Tree> metadata,
        @DefaultValue("0") int order,
        @DefaultValue("true") boolean enabled) {

    static final String LLM = "llm://";

    /** Whether it is one of ours. */
    public boolean llm() {
        return uri.startsWith("llm:");
    }

    /** The NAME of {@code llm://NAME}; empty for {@code llm://any}. */
    String model() {
        return uri.equals(LLM + "any") ? "" : uri.substring(LLM.length());
    }
}
