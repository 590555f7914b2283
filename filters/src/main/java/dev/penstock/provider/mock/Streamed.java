package dev.penstock.provider.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.core.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An answer as server-sent events, token by token (PROVIDERS 2.4). Choices take turns. */
final class Streamed {

    private final Asking asking;
    private final Envelope envelope;
    private final List<byte[]> events = new ArrayList<>();

    Streamed(Asking asking, Envelope envelope) {
        this.asking = asking;
        this.envelope = envelope;
    }

    /** The events, the end marker included. */
    List<byte[]> of(List<Reply> replies, Behaviour behaviour) {
        List<List<Step>> lanes = replies.stream().map(this::steps).toList();
        int longest = lanes.stream().mapToInt(List::size).max().orElse(0);
        for (int at = 0; at < longest; at++) {
            for (int index = 0; index < lanes.size(); index++) {
                if (at < lanes.get(index).size()) {
                    chunk(index, lanes.get(index).get(at));
                }
            }
        }
        if (asking.wantsUsage() && behaviour != Behaviour.NO_USAGE) {
            ObjectNode chunk = envelope.around("chat.completion.chunk").put("system_fingerprint", Envelope.FINGERPRINT);
            chunk.putArray("choices");
            event(Json.LENIENT_DEPTH.text(chunk.set("usage", Usages.of(asking, replies))));
        }
        event("[DONE]");
        return events;
    }

    private List<Step> steps(Reply reply) {
        List<Step> steps = new ArrayList<>();
        if (reply.kind() == Reply.Kind.CALLS) {
            calls(reply, steps);
        } else {
            texts(reply, steps);
        }
        steps.add(new Step(Json.object(), null, reply.finish()));
        return steps;
    }

    private void texts(Reply reply, List<Step> steps) {
        String field = reply.kind() == Reply.Kind.REFUSAL ? "refusal" : "content";
        ObjectNode first =
                Json.object().put("role", "assistant").put("content", "").putNull("refusal");
        steps.add(new Step(first, null, null));
        for (String piece : reply.pieces()) {
            ObjectNode logprobs =
                    asking.wantsLogprobs() ? Logprobs.of(reply.kind(), List.of(piece), asking.topLogprobs()) : null;
            steps.add(new Step(Json.object().put(field, piece), logprobs, null));
        }
    }

    private static void calls(Reply reply, List<Step> steps) {
        for (int index = 0; index < reply.calls().size(); index++) {
            Reply.Call call = reply.calls().get(index);
            ObjectNode opening =
                    index == 0 ? Json.object().put("role", "assistant").putNull("content") : Json.object();
            ObjectNode head = opening.putArray("tool_calls").addObject().put("index", index);
            head.put("id", call.id()).put("type", call.type());
            head.putObject(call.type()).put("name", call.name()).put(call.inputName(), "");
            steps.add(new Step(opening, null, null));
            for (String piece : call.pieces()) {
                ObjectNode delta = Json.object();
                ObjectNode fragment = delta.putArray("tool_calls").addObject().put("index", index);
                fragment.putObject(call.type()).put(call.inputName(), piece);
                steps.add(new Step(delta, null, null));
            }
        }
    }

    private void chunk(int index, Step step) {
        ObjectNode chunk = envelope.around("chat.completion.chunk").put("system_fingerprint", Envelope.FINGERPRINT);
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
        choice.set("delta", step.delta());
        choice.set("logprobs", step.logprobs());
        choice.put("finish_reason", step.finish());
        if (asking.wantsUsage()) {
            chunk.putNull("usage");
        }
        event(Json.LENIENT_DEPTH.text(chunk));
    }

    private void event(String data) {
        events.add(("data: " + data + "\n\n").getBytes(UTF_8));
    }

    private record Step(
            ObjectNode delta,
            @Nullable ObjectNode logprobs,
            @Nullable String finish) {}
}
