package dev.penstock.provider.mock.draft;

import dev.penstock.core.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An e-mail that greets by the first place for personal data that is a name, and shows the others. */
final class EmailDraft implements Draft {

    private static final Map<String, String> SUBJECTS = Map.of(
            "welcome", "Welcome: %s",
            "promotional", "For you: %s",
            "newsletter", "News: %s",
            "follow-up", "Next step: %s");
    private static final Map<String, String> BODIES = Map.of(
            "welcome",
                    "thank you for joining us. This is what it is about: %s.\n\nA good first step is to look around and tell us"
                            + " what you would like to see. From now on we write when there is something worth reading.",
            "promotional",
                    "we have something for you: %s.\n\nThere are two good reasons to have a look: it saves you time, and it is made with care.\n\n"
                            + "Have a look today, and write to us if anything is open.",
            "newsletter",
                    "this is what is new.\n\nIn short\n%s.\n\nBehind it\nSmall changes that make a difference every day.\n\n"
                            + "Read on whenever it suits you.",
            "follow-up",
                    "you heard from us about this: %s.\n\nOne thing is still open, and it takes a minute: answer this e-mail"
                            + " with the day that suits you.");
    private static final int USUAL_SUBJECT = 60;

    @Override
    public @Nullable ObjectNode of(Brief brief, long seed) {
        String type = brief.text("email type").orElse("");
        String matter = brief.text("subject matter").orElse("");
        if (!SUBJECTS.containsKey(type) || matter.isBlank()) {
            return null;
        }
        String frame = SUBJECTS.get(type);
        int room = Math.min(USUAL_SUBJECT, brief.number("subject limit", USUAL_SUBJECT)) - frame.length() + 2;
        Manner manner = Manner.of(brief);
        return Json.object()
                .put("subject", frame.formatted(Phrase.of(matter, Math.max(10, room))))
                .put("content", content(BODIES.get(type).formatted(Phrase.of(matter, 400)), brief, manner));
    }

    private static String content(String body, Brief brief, Manner manner) {
        List<String> places = brief.lines("personalization");
        String name = places.stream()
                .filter(place -> place.contains("name"))
                .findFirst()
                .orElse("");
        String others = places.stream()
                .filter(place -> !place.equals(name))
                .map(place -> place.replace('_', ' ') + ": {{" + place + "}}")
                .collect(Collectors.joining("\n"));
        String greeting = manner.tone().greeting() + (name.isEmpty() ? "" : " {{" + name + "}}") + ",\n\n";
        return greeting + Phrase.capital(body) + manner.words()
                + (others.isEmpty() ? "" : "\n\nWhat we have noted for you\n" + others) + "\n\n"
                + manner.tone().closing();
    }
}
