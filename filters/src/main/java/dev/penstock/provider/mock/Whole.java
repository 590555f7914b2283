package dev.penstock.provider.mock;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer as one JSON document (PROVIDERS 2.3). */
final class Whole {

    private final Asking asking;
    private final Envelope envelope;

    Whole(Asking asking, Envelope envelope) {
        this.asking = asking;
        this.envelope = envelope;
    }

    ObjectNode of(List<Reply> replies, Behaviour behaviour) {
        ObjectNode body = envelope.around("chat.completion");
        ArrayNode choices = body.putArray("choices");
        for (Reply reply : replies) {
            choice(choices.addObject().put("index", choices.size() - 1), reply);
        }
        if (behaviour != Behaviour.NO_USAGE) {
            body.set("usage", Usages.of(asking, replies));
        }
        return body.put("service_tier", "default").put("system_fingerprint", Envelope.FINGERPRINT);
    }

    private void choice(ObjectNode choice, Reply reply) {
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("content", reply.kind() == Reply.Kind.CONTENT ? reply.text() : null);
        message.put("refusal", reply.kind() == Reply.Kind.REFUSAL ? reply.text() : null);
        if (!reply.calls().isEmpty()) {
            ArrayNode calls = message.putArray("tool_calls");
            reply.calls().forEach(call -> call(calls.addObject(), call));
        }
        message.putArray("annotations");
        if (asking.wantsLogprobs() && reply.kind() != Reply.Kind.CALLS) {
            choice.set("logprobs", Logprobs.of(reply.kind(), reply.pieces(), asking.topLogprobs()));
        } else {
            choice.putNull("logprobs");
        }
        choice.put("finish_reason", reply.finish());
    }

    private static void call(ObjectNode node, Reply.Call call) {
        node.put("id", call.id()).put("type", call.type());
        node.putObject(call.type()).put("name", call.name()).put(call.inputName(), call.input());
    }
}
