package dev.penstock.routes;

import dev.penstock.routes.file.ConfigException;
import dev.penstock.routes.file.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints every mistake of a refused configuration, one a line. */
final class RoutesFailureAnalyzer extends AbstractFailureAnalyzer<ConfigException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ConfigException cause) {
        List<Problem> problems = cause.problems();
        String description = problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        String what = problems.stream()
                .map(problem -> problem.place().file())
                .filter(file -> !file.isEmpty())
                .findFirst()
                .orElse("the settings named above");
        return new FailureAnalysis(
                description, "Correct " + what + "; docs/filters/ lists every filter and its arguments.", cause);
    }
}
