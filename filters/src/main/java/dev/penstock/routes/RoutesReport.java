package dev.penstock.routes;

import dev.penstock.routes.file.Problem;
import java.util.List;

/**
 * What came of compiling a file.
 *
 * @param hash names the configuration; empty when there are problems
 * @param problems why it is refused; empty when it is right
 */
public record RoutesReport(String hash, List<String> warnings, List<Problem> problems) {

    static RoutesReport of(Compiled compiled) {
        return new RoutesReport(compiled.settings().hash(), compiled.warnings(), List.of());
    }

    static RoutesReport refused(List<Problem> problems) {
        return new RoutesReport("", List.of(), problems);
    }

    public boolean ok() {
        return problems.isEmpty();
    }
}
