package dev.penstock.prompt;

import dev.penstock.core.Asked;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import java.util.List;

/** The conversation that shows a model its answer and what is wrong with it. */
final class RepairPrompt {

    /** Of an answer as many characters are shown again; one that is longer would cost more than it explains. */
    private static final int LONGEST = 16_000;

    private RepairPrompt() {}

    /** {@code problem} holds names and types, and nothing of the answer. */
    static Asked of(Asked first, String answer, String problem) {
        ChatRequest again = first.hub()
                .streaming(false)
                .with(List.of(
                        Turn.of(Turn.Role.ASSISTANT, new Part.Text(shown(answer))),
                        Turn.of(
                                Turn.Role.USER,
                                new Part.Text("Your answer cannot be used: " + problem + ".\n"
                                        + "Give the whole answer again as one JSON object that fits the schema, and nothing else: no"
                                        + " explanation, no code fence."))));
        return Asked.rendered(first.model(), first.body(), first.needs(), again);
    }

    private static String shown(String answer) {
        if (answer.isBlank()) {
            return "(no text)";
        }
        if (answer.length() <= LONGEST) {
            return answer;
        }
        int end = Character.isHighSurrogate(answer.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return answer.substring(0, end) + " [the rest is left out]";
    }
}
