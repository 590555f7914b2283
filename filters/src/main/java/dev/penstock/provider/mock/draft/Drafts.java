package dev.penstock.provider.mock.draft;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The drafts by the kind that they are for, which is the name of the schema that a content route asks with. */
public final class Drafts {

    private static final Map<String, Draft> BY_KIND = Map.of(
            "email", new EmailDraft(),
            "ad-copy", new AdDraft(),
            "landing-page", new PageDraft(),
            "campaign-plan", new CampaignDraft(),
            "variations", new VariationsDraft(),
            "optimization", new OptimizationDraft(),
            "brand-compliance", new ComplianceDraft(),
            "analytics-insights", new InsightsDraft());

    private Drafts() {}

    /** What the mock writes for a user's turn; empty for kinds without a draft and turns that do not say what it needs. */
    public static Optional<ObjectNode> of(String kind, String turn, long seed) {
        Draft draft = BY_KIND.get(kind);
        return draft == null ? Optional.empty() : Optional.ofNullable(draft.of(Brief.of(turn), seed));
    }
}
