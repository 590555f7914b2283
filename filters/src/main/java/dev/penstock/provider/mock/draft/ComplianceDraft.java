package dev.penstock.provider.mock.draft;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds forbidden terms, competitors and missing disclaimers, word for word. */
final class ComplianceDraft implements Draft {

    @Override
    public @Nullable ObjectNode of(Brief brief, long seed) {
        String content = brief.text("content").orElse("").toLowerCase(Locale.ROOT);
        if (content.isBlank()) {
            return null;
        }
        Review review = new Review(content);
        brief.lines("forbidden terms").forEach(review::forbidden);
        brief.lines("competitors").forEach(review::competitor);
        brief.lines("required disclaimers").forEach(review::disclaimer);
        return review.result();
    }
}
