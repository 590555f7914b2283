package dev.penstock.provider.openai;

import dev.penstock.core.Delta;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Json;
import dev.penstock.core.Part;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The deltas of one choice. OpenRouter may tell its finish reason twice; the first counts. */
final class ChoiceStream {

    private final int index;
    private final CallStream calls;
    private boolean finished;

    ChoiceStream(int index) {
        this.index = index;
        this.calls = new CallStream(index);
    }

    /** Reads one chunk's choice; {@code root} is the chunk. Returns whether the choice has ended. */
    boolean read(JsonNode choice, JsonNode root, Consumer<Delta> deltas) {
        JsonNode delta = choice.path("delta");
        thought(delta, deltas);
        text(delta, deltas);
        for (JsonNode call : delta.path("tool_calls")) {
            calls.read(Call.of(call), root, deltas);
        }
        if (delta.path("function_call").isObject()) {
            calls.read(Call.legacy(delta.path("function_call")), root, deltas);
        }
        if (choice.path("logprobs").isObject()) {
            deltas.accept(new Delta.Logprobs(index, choice.path("logprobs")));
        }
        finish(OpenAiFinish.word(choice), deltas);
        return finished;
    }

    private void thought(JsonNode delta, Consumer<Delta> deltas) {
        String text = Thought.text(delta);
        if (!text.isEmpty()) {
            deltas.accept(new Delta.Reasoning(index, text));
        }
        for (Part.Reasoning seal : Thought.seals(delta)) {
            deltas.accept(new Delta.Signature(index, seal.signature(), seal.redacted()));
        }
    }

    private void text(JsonNode delta, Consumer<Delta> deltas) {
        String text = Content.text(delta.path("content"));
        if (!text.isEmpty()) {
            deltas.accept(new Delta.Text(index, text));
        }
        String refusal = Json.string(delta, "refusal");
        if (!refusal.isEmpty()) {
            deltas.accept(new Delta.Refusal(index, refusal));
        }
    }

    private void finish(String word, Consumer<Delta> deltas) {
        if (word.isEmpty() || finished) {
            return;
        }
        FinishReason reason = OpenAiFinish.reason(word);
        calls.end();
        finished = true;
        deltas.accept(new Delta.Finish(index, reason, null));
    }
}
