package dev.penstock.provider.mock.draft;

import dev.penstock.core.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** As many variations as asked for, by the strategies in turn; no two are the same. */
final class VariationsDraft implements Draft {

    private static final int MOST = 100;
    private static final List<String> STRATEGIES =
            List.of("shorter", "as a question", "benefit first", "more personal", "with a call to action");
    private static final List<String> FRAMES = List.of(
            "Good to know: %s",
            "Here is the good part: %s",
            "Just for you: %s",
            "%s Have a look today.",
            "Let us be clear: %s",
            "%s It is simpler than you think.",
            "Imagine: %s");

    @Override
    public @Nullable ObjectNode of(Brief brief, long seed) {
        String original = brief.text("original content").orElse("");
        if (original.isBlank()) {
            return null;
        }
        List<String> given = brief.lines("variation strategies");
        List<String> strategies = given.isEmpty() ? STRATEGIES : given;
        ObjectNode draft = Json.object();
        ArrayNode list = draft.putArray("variations");
        Set<String> written = new HashSet<>();
        int count = Math.min(MOST, brief.number("variant count", 3));
        for (int i = 0; i < count; i++) {
            String strategy = strategies.get(i % strategies.size());
            String content = written(original.strip(), strategy, i);
            list.addObject()
                    .put("content", written.add(content) ? content : content + " (" + (i + 1) + ")")
                    .put("strategy", Phrase.clip(strategy, 200));
        }
        return draft;
    }

    private static String written(String original, String strategy, int index) {
        String wanted = strategy.toLowerCase(Locale.ROOT);
        if (wanted.contains("short")) {
            return original.split("(?<=[.!?])\\s", 2)[0];
        }
        return wanted.contains("question")
                ? "What if it were this simple? " + original
                : FRAMES.get(index % FRAMES.size()).formatted(original);
    }
}
