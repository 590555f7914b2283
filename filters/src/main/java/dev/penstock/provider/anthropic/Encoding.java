package dev.penstock.provider.anthropic;

import dev.penstock.core.ChatRequest;
import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request on its way into Anthropic's words: what is read, and what the writers of its sections have put together so far.
 *
 * @param cap the most output tokens that may be asked for, thinking included; 0 when nobody says
 * @param body the request body, grown in place
 * @param system the texts of the {@code system} field
 * @param ignored OpenAI names of fields that were left out
 */
record Encoding(
        ChatRequest request, AnthropicModel model, int cap, ObjectNode body, List<String> system, Set<String> ignored) {

    static Encoding of(ChatRequest request, AnthropicModel model, int cap) {
        return new Encoding(request, model, cap, Json.object(), new ArrayList<>(), new LinkedHashSet<>());
    }
}
