package dev.penstock.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Logs why the start failed, a line for each mistake: the log's pattern leaves no line breaks inside one. */
final class StartFailures implements FailureAnalysisReporter {

    private static final Logger LOG = LoggerFactory.getLogger("penstock");

    @Override
    public void report(FailureAnalysis analysis) {
        analysis.getDescription().lines().filter(line -> !line.isBlank()).forEach(line -> LOG.error("{}", line));
        if (analysis.getAction() != null) {
            LOG.error("{}", analysis.getAction());
        }
    }
}
