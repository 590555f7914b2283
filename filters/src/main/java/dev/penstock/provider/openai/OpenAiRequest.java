package dev.penstock.provider.openai;

import dev.penstock.core.AnswerFormat;
import dev.penstock.core.ChatRequest;
import dev.penstock.core.ChatRequest.Sampling;
import dev.penstock.core.Json;
import dev.penstock.provider.UpstreamRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the hub as a chat completion request. */
final class OpenAiRequest {

    /** OpenAI refuses more (PROVIDERS 2.1). */
    private static final int MOST_STOPS = 4;

    private final ObjectNode body = Json.object();
    private final Set<String> ignored = new LinkedHashSet<>();

    private OpenAiRequest() {}

    static UpstreamRequest write(ChatRequest request, String model, int cap) {
        OpenAiRequest it = new OpenAiRequest();
        it.body.put("model", model);
        new OpenAiTurns(it.body.putArray("messages"), it.ignored).write(request.turns());
        OpenAiTools.write(request, it.body);
        it.format(request.format());
        it.sampling(request.sampling());
        request.extras().forEach((name, value) -> it.body.putIfAbsent(name, value));
        if (cap > 0) {
            it.body.put("max_completion_tokens", cap);
        }
        if (request.stream()) {
            it.body.put("stream", true);
            it.body.putObject("stream_options").put("include_usage", true);
        }
        return new UpstreamRequest(OpenAiDialect.PATH, Map.of(), it.body, it.ignored);
    }

    private void format(@Nullable AnswerFormat format) {
        if (format instanceof AnswerFormat.JsonObject) {
            body.putObject("response_format").put("type", "json_object");
        } else if (format instanceof AnswerFormat.JsonSchema schema) {
            ObjectNode node = body.putObject("response_format").put("type", "json_schema");
            schema(schema, node.putObject("json_schema"));
        }
    }

    private static void schema(AnswerFormat.JsonSchema schema, ObjectNode node) {
        node.put("name", schema.name());
        if (schema.description() != null) {
            node.put("description", schema.description());
        }
        node.set("schema", schema.schema());
        if (schema.strict() != null) {
            node.put("strict", schema.strict());
        }
    }

    private void sampling(Sampling sampling) {
        if (sampling.maxTokens() != null) {
            body.put("max_completion_tokens", sampling.maxTokens());
        }
        if (sampling.temperature() != null) {
            body.put("temperature", sampling.temperature());
        }
        if (sampling.topP() != null) {
            body.put("top_p", sampling.topP());
        }
        if (sampling.topK() != null) {
            ignored.add("top_k");
        }
        if (sampling.effort() != null) {
            body.put("reasoning_effort", sampling.effort());
        }
        stop(sampling.stop());
    }

    private void stop(List<String> stop) {
        if (stop.isEmpty()) {
            return;
        }
        ArrayNode list = body.putArray("stop");
        stop.stream().limit(MOST_STOPS).forEach(list::add);
        if (stop.size() > MOST_STOPS) {
            ignored.add("stop");
        }
    }
}
