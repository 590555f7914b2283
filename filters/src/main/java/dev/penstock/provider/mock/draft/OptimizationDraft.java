package dev.penstock.provider.mock.draft;

import dev.penstock.core.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The content without its long-winded beginning, and with a next step at its end. */
final class OptimizationDraft implements Draft {

    private static final String WIND_UP =
            "(?i)^(we are (happy|pleased|proud|excited|delighted) to (announce|share|tell you)( that)?"
                    + "|it is our pleasure to( announce)?( that)?)[,:]?\\s*";
    private static final List<String> STEPS =
            List.of("Have a look today.", "Take the next step now.", "Tell us what you think.");

    @Override
    public @Nullable ObjectNode of(Brief brief, long seed) {
        String content = brief.text("content").orElse("");
        if (content.isBlank()) {
            return null;
        }
        String direct = Phrase.capital(content.strip().replaceFirst(WIND_UP, ""));
        String step = Draft.pick(STEPS, seed);
        ObjectNode draft =
                Json.object().put("optimized_content", (direct.isEmpty() ? content.strip() : direct) + " " + step);
        ArrayNode changes = draft.putArray("changes");
        if (!direct.equals(Phrase.capital(content.strip()))) {
            changes.add("The text now begins with its point"
                    + because("the figures say", brief.lines("performance data")) + ".");
        }
        changes.add("It ends with a next step" + because("the goals ask for", brief.lines("optimization goals")) + ".");
        return draft;
    }

    private static String because(String why, List<String> lines) {
        return lines.isEmpty() ? "" : ", since " + why + " " + Phrase.clip(lines.get(0), 200);
    }
}
