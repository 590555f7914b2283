package dev.penstock.provider.mock.draft;

import dev.penstock.core.BrandRules;
import dev.penstock.core.BrandRules.Finding;
import dev.penstock.core.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds forbidden terms, competitors and missing disclaimers, word for word. */
final class ComplianceDraft implements Draft {

    private static final int MOST = 50;

    @Override
    public @Nullable ObjectNode of(Brief brief, long seed) {
        String content = brief.text("content").orElse("");
        if (content.isBlank()) {
            return null;
        }
        BrandRules rules = new BrandRules(
                brief.lines("forbidden terms"), brief.lines("required disclaimers"), brief.lines("competitors"));
        ObjectNode draft =
                Json.object().put("compliant", rules.findings(content).isEmpty());
        ArrayNode issues = draft.putArray("issues");
        ArrayNode suggestions = draft.putArray("suggestions");
        rules.findings(content).stream().limit(MOST).forEach(finding -> {
            issues.add(issue(finding));
            suggestions.add(suggestion(finding));
        });
        return draft;
    }

    private static String issue(Finding finding) {
        return switch (finding.rule()) {
            case FORBIDDEN_TERM -> "The forbidden term \"" + finding.term() + "\" is used.";
            case COMPETITOR -> "The competitor \"" + finding.term() + "\" is mentioned.";
            case MISSING_DISCLAIMER -> "A required disclaimer is missing: \"" + finding.term() + "\"";
        };
    }

    private static String suggestion(Finding finding) {
        return switch (finding.rule()) {
            case FORBIDDEN_TERM -> "Say it without \"" + finding.term() + "\".";
            case COMPETITOR -> "Leave out \"" + finding.term() + "\" and speak of your own.";
            case MISSING_DISCLAIMER -> "Add at the end: \"" + finding.term() + "\"";
        };
    }
}
