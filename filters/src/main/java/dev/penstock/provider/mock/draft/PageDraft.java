package dev.penstock.provider.mock.draft;

import dev.penstock.core.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A landing page that names every key feature. */
final class PageDraft implements Draft {

    private static final Map<String, List<String>> BUTTONS = Map.of(
            "product", List.of("Try it now", "See it in action"),
            "service", List.of("Talk to us", "Ask for a first call"),
            "event", List.of("Save your seat", "Join us"),
            "download", List.of("Get the download", "Download it now"));

    @Override
    public @Nullable ObjectNode of(Brief brief, long seed) {
        String objective = brief.text("objective").orElse("");
        List<String> buttons = BUTTONS.get(brief.text("page type").orElse(""));
        if (buttons == null || objective.isBlank()) {
            return null;
        }
        List<String> features = brief.lines("key features");
        String first = features.isEmpty() ? objective : features.get(0);
        return Json.object()
                .put("headline", Phrase.title(objective, 60))
                .put("subheadline", Phrase.title(first, Math.min(200, brief.limit("subheadline", 250))) + ".")
                .put("body", body(objective, features, Manner.of(brief)))
                .put("cta", Draft.pick(buttons, seed));
    }

    private static String body(String objective, List<String> features, Manner manner) {
        String gains = features.stream()
                .map(feature -> "\n- " + Phrase.capital(feature))
                .collect(Collectors.joining());
        return manner.tone().opening() + " " + Phrase.of(objective, 300) + "." + manner.words()
                + (gains.isEmpty() ? "" : "\n\nWhat you get:" + gains)
                + "\n\nWe put a lot of care into it, and it shows. It takes a minute to begin.";
    }
}
