package dev.penstock.provider.mock;

import dev.penstock.core.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Counts tokens so that an answer's usage is what its choices add up to. */
final class Usages {

    private Usages() {}

    static ObjectNode of(Asking asking, List<Reply> replies) {
        long prompt = asking.promptTokens();
        long completion = replies.stream().mapToLong(Reply::tokens).sum();
        ObjectNode usage = Json.object()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
        usage.putObject("completion_tokens_details")
                .put("reasoning_tokens", 0)
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        return usage;
    }
}
