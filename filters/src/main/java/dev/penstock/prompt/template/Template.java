package dev.penstock.prompt.template;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** A template, compiled. Safe to share between threads. */
public final class Template {

    private static final int LONGEST = 1 << 20;

    private final String id;
    private final ITemplateEngine engine;
    private final String source;
    private final Set<String> roots;

    Template(String id, ITemplateEngine engine, String source, Set<String> roots) {
        this.id = id;
        this.engine = engine;
        this.source = source;
        this.roots = Set.copyOf(roots);
    }

    /** The names that it reads from its data. */
    public Set<String> roots() {
        return roots;
    }

    /**
     * Its text with the values in place, exactly as they are.
     *
     * @param values strings, numbers, booleans, lists and maps of these
     * @throws OutputTooLarge above 1 MiB of characters
     * @throws PromptException when it cannot be rendered; says nothing of the values
     */
    public String render(Map<String, Object> values) {
        CappedWriter writer = new CappedWriter(id, LONGEST);
        try {
            engine.process(source, new Context(Locale.ROOT, values), writer);
        } catch (RuntimeException failure) {
            throw failureOf(failure);
        }
        return writer.toString();
    }

    /** Thymeleaf's own messages are not passed on: they quote the template. */
    private RuntimeException failureOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutputTooLarge tooLarge) {
                return tooLarge;
            }
        }
        return new PromptException(
                id, "cannot be rendered: " + failure.getClass().getSimpleName());
    }
}
