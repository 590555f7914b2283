package dev.penstock.provider.mock.draft;

import dev.penstock.core.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds forbidden terms, competitors and missing disclaimers, word for word. */
final class ComplianceDraft implements Draft {

    private static final int MOST = 50;

    @Override
    public @Nullable ObjectNode of(Brief brief, long seed) {
        String content = brief.text("content").orElse("").toLowerCase(Locale.ROOT);
        if (content.isBlank()) {
            return null;
        }
        ObjectNode draft = Json.object().put("compliant", true);
        ArrayNode issues = draft.putArray("issues");
        ArrayNode suggestions = draft.putArray("suggestions");
        for (String term : brief.lines("forbidden terms")) {
            if (content.contains(term.toLowerCase(Locale.ROOT))) {
                found(
                        issues,
                        "The forbidden term \"" + term + "\" is used.",
                        suggestions,
                        "Say it without \"" + term + "\".");
            }
        }
        for (String name : brief.lines("competitors")) {
            if (content.contains(name.toLowerCase(Locale.ROOT))) {
                found(
                        issues,
                        "The competitor \"" + name + "\" is mentioned.",
                        suggestions,
                        "Leave out \"" + name + "\" and speak of your own.");
            }
        }
        for (String disclaimer : brief.lines("required disclaimers")) {
            if (!content.contains(disclaimer.toLowerCase(Locale.ROOT))) {
                found(
                        issues,
                        "A required disclaimer is missing: \"" + disclaimer + "\"",
                        suggestions,
                        "Add at the end: \"" + disclaimer + "\"");
            }
        }
        return draft.put("compliant", issues.isEmpty());
    }

    private static void found(ArrayNode issues, String issue, ArrayNode suggestions, String suggestion) {
        if (issues.size() < MOST) {
            issues.add(issue);
            suggestions.add(suggestion);
        }
    }
}
