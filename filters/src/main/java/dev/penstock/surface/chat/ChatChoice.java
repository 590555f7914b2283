package dev.penstock.surface.chat;

import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.Delta;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Json;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One choice of a stream that is being written: its role comes once, its finish once, its calls are closed before it. */
final class ChatChoice {

    /** Puts a choice into a chunk of the stream. */
    @FunctionalInterface
    interface Pen {
        void write(ObjectNode choice, Mark mark);
    }

    private final int index;
    private final TreeMap<Integer, ChatArguments> calls = new TreeMap<>();
    private boolean begun;
    private boolean finished;
    private int thought;

    ChatChoice(int index) {
        this.index = index;
    }

    void text(String member, String text, Pen pen) {
        write(delta().put(member, text), pen);
    }

    /** The details repeat the text, so that a caller can send back what its signature belongs to. */
    void reasoning(String text, Pen pen) {
        ObjectNode delta = delta().put("reasoning_content", text);
        delta.putArray("reasoning_details").add(ChatReasoning.text(text, thought));
        write(delta, pen);
    }

    void signature(Delta.Signature seal, Pen pen) {
        ObjectNode delta = delta();
        delta.putArray("reasoning_details").add(ChatReasoning.sealed(seal.signature(), seal.redacted(), thought++));
        write(delta, pen);
    }

    void start(Delta.ToolStart call, Pen pen) {
        calls.put(call.call(), new ChatArguments());
        ObjectNode delta = delta();
        call(delta, call.call())
                .put("id", call.id())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", "");
        write(delta, pen);
    }

    void arguments(int call, String fragment, Pen pen) {
        ChatArguments arguments = calls.get(call);
        fragment(call, arguments == null ? fragment : arguments.next(fragment), pen);
    }

    void logprobs(JsonNode logprobs, Pen pen) {
        pen.write(choice(delta(), logprobs, null), Mark.SEMANTIC);
    }

    void finish(FinishReason reason, Pen pen) {
        if (finished) {
            return;
        }
        calls.forEach((call, arguments) -> fragment(call, arguments.rest(), pen));
        finished = true;
        FinishReason why = calls.isEmpty() ? reason : ChatFinish.withCalls(reason);
        pen.write(choice(delta(), null, why.wire()), Mark.FINISH);
    }

    void end(Pen pen) {
        finish(FinishReason.STOP, pen);
    }

    private void fragment(int call, String fragment, Pen pen) {
        if (!fragment.isEmpty()) {
            ObjectNode delta = delta();
            call(delta, call).putObject("function").put("arguments", fragment);
            write(delta, pen);
        }
    }

    private static ObjectNode call(ObjectNode delta, int call) {
        return delta.putArray("tool_calls").addObject().put("index", call);
    }

    private ObjectNode delta() {
        ObjectNode delta = Json.object();
        if (!begun) {
            begun = true;
            delta.put("role", "assistant");
        }
        return delta;
    }

    private void write(ObjectNode delta, Pen pen) {
        pen.write(choice(delta, null, null), Mark.SEMANTIC);
    }

    private ObjectNode choice(ObjectNode delta, @Nullable JsonNode logprobs, @Nullable String finish) {
        ObjectNode choice = Json.object().put("index", index);
        choice.set("delta", delta);
        choice.set("logprobs", logprobs);
        return choice.put("finish_reason", finish);
    }
}
