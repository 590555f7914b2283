package dev.penstock.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A whole answer in no provider's words.
 *
 * @param id the provider's own id, possibly empty; not unique over providers
 * @param model the model that the provider says it ran, possibly empty
 * @param usage absent where the provider did not report it
 */
public record ChatAnswer(
        String id,
        String model,
        List<Choice> choices,
        @Nullable Usage usage) {

    /** The same answer under {@code name}, where its provider did not say what it ran. */
    public ChatAnswer orModel(String name) {
        return model.isEmpty() ? new ChatAnswer(id, name, choices, usage) : this;
    }

    /**
     * One of the answers that were asked for.
     *
     * @param stopSequence the stop sequence that was met, where the provider says it
     * @param logprobs in OpenAI's form
     */
    public record Choice(
            int index,
            List<Part> parts,
            FinishReason finish,
            @Nullable String stopSequence,
            @Nullable JsonNode logprobs) {}
}
