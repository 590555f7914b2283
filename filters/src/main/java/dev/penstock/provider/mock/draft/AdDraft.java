package dev.penstock.provider.mock.draft;

import dev.penstock.core.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An ad inside the limits that its prompt states. */
final class AdDraft implements Draft {

    private static final Map<String, List<String>> ACTIONS = Map.of(
            "search", List.of("Learn more", "Book your place", "Get started"),
            "display", List.of("See how", "Learn more", "Find out more"),
            "social", List.of("Join us today", "Learn more", "Sign up now"),
            "video", List.of("Watch now", "Learn more", "Start now"));

    @Override
    public @Nullable ObjectNode of(Brief brief, long seed) {
        String objective = brief.text("objective").orElse("");
        List<String> actions = ACTIONS.get(brief.text("ad type").orElse(""));
        if (actions == null || objective.isBlank()) {
            return null;
        }
        return Json.object()
                .put("headline", Phrase.title(objective, brief.limit("headline", 30)))
                .put("description", description(objective, brief))
                .put(
                        "call_to_action",
                        Phrase.first(brief.limit("call_to_action", 25), Draft.pick(actions, seed), "Go"));
    }

    private static String description(String objective, Brief brief) {
        int most = brief.limit("description", 90);
        String core = Phrase.title(objective, most - 1) + ".";
        String audience = brief.member("target audience", "description").orElse("you");
        List<String> keywords = Manner.of(brief).keywords();
        String words = keywords.isEmpty() ? "" : " " + Phrase.capital(Phrase.list(keywords)) + ".";
        String first = keywords.isEmpty() ? "" : " " + Phrase.capital(keywords.get(0)) + ".";
        String forWhom = " Made for "
                + audience.substring(0, Math.min(1, audience.length())).toLowerCase()
                + audience.substring(Math.min(1, audience.length())) + ".";
        return Phrase.first(most, core + forWhom + words, core + words, core + first, core + forWhom, core);
    }
}
