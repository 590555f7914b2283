package dev.penstock.provider.anthropic;

import dev.penstock.core.ChatRequest;
import dev.penstock.provider.UpstreamRequest;
import java.util.Map;
import java.util.Set;

/** Writes a hub request as a body of {@code POST /messages} (PROVIDERS 4.1, 13.1). */
final class AnthropicRequest {

    static final String PATH = "/messages";
    static final Map<String, String> HEADERS = Map.of("anthropic-version", "2023-06-01");

    private AnthropicRequest() {}

    static UpstreamRequest of(ChatRequest request, String name, AnthropicModel model, int cap) {
        Encoding it = Encoding.of(request, model, cap);
        it.body().put("model", name).put("max_tokens", maxTokens(it));
        Conversation.write(it);
        AnthropicTools.write(it);
        AnswerShape.write(it);
        Thinking.write(it);
        SamplingFields.write(it);
        Extras.write(it);
        if (!it.system().isEmpty()) {
            it.body().put("system", String.join("\n\n", it.system()));
        }
        if (request.stream()) {
            it.body().put("stream", true);
        }
        int capped = request.sampling().maxTokens() == null ? maxTokens(it) : 0;
        return new UpstreamRequest(PATH, HEADERS, it.body(), Set.copyOf(it.ignored()), capped);
    }

    private static int maxTokens(Encoding it) {
        Integer asked = it.request().sampling().maxTokens();
        if (it.cap() > 0) {
            return it.cap();
        }
        return asked != null ? asked : it.model().maxTokens();
    }
}
