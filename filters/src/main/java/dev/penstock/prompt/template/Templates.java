package dev.penstock.prompt.template;

import java.util.List;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.standard.StandardDialect;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/** Compiles templates: an engine of its own, apart from any that a host application has. */
public final class Templates {

    private final KnownExpressions expressions = new KnownExpressions();
    private final ITemplateEngine engine = engine(expressions);

    /** Where a piece of template text stands. {@code line} is that of its first line, from 1. */
    public record Place(String file, int line) {}

    /** A text whose lines follow each other in one file. */
    public Template compile(Place place, String text) {
        return compile(List.of(place), text);
    }

    /**
     * @param places where each of its lines stands; lines beyond them follow the last
     * @throws PromptException when it holds anything that templates may not hold; says where
     */
    public Template compile(List<Place> places, String text) {
        TemplateScanner scanner = new TemplateScanner(places, text, expressions);
        String source = scanner.scan();
        return new Template(places.get(0).file(), engine, source, scanner.roots());
    }

    /**
     * What a fallback repeats: {@code name : ${list}}, as in {@code th:each}.
     *
     * @throws PromptException when it cannot be read; says where
     */
    public Each each(Place place, String text) {
        try {
            return Each.of(text, expressions);
        } catch (IllegalArgumentException unreadable) {
            throw PromptException.at(place.file(), place.line(), unreadable.getMessage());
        }
    }

    private static ITemplateEngine engine(KnownExpressions expressions) {
        StandardDialect dialect = new StandardDialect();
        dialect.setVariableExpressionEvaluator(expressions);
        StringTemplateResolver resolver = new StringTemplateResolver();
        resolver.setTemplateMode(TemplateMode.TEXT);
        resolver.setCacheable(true);
        TemplateEngine engine = new TemplateEngine();
        engine.setDialect(dialect);
        engine.setTemplateResolver(resolver);
        return engine;
    }
}
