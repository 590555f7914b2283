package dev.penstock.prompt;

import dev.penstock.prompt.template.PromptException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells a mistake in {@code prompts/} as what it is. */
final class PromptFailureAnalyzer extends AbstractFailureAnalyzer<PromptException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PromptException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct the file, or name the folder of kinds by penstock.prompts; docs/prompts.md says how a kind looks.",
                cause);
    }
}
