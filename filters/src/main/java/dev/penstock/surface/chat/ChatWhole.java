package dev.penstock.surface.chat;

import dev.penstock.core.ChatAnswer;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Part;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Writes a whole answer as a {@code chat.completion} (PROVIDERS 2.3). */
final class ChatWhole {

    private ChatWhole() {}

    static ObjectNode write(ChatAnswer answer, ChatHead head) {
        ObjectNode whole = head.object("chat.completion", answer.model());
        var choices = whole.putArray("choices");
        answer.choices().forEach(choice -> choice(choice, choices.addObject()));
        if (answer.usage() != null) {
            whole.set("usage", ChatUsage.write(answer.usage()));
        }
        return whole;
    }

    private static void choice(ChatAnswer.Choice choice, ObjectNode node) {
        boolean calls = choice.parts().stream().anyMatch(Part.ToolCall.class::isInstance);
        FinishReason finish = calls ? ChatFinish.withCalls(choice.finish()) : choice.finish();
        node.put("index", choice.index());
        message(choice.parts(), node.putObject("message"));
        node.set("logprobs", choice.logprobs());
        node.put("finish_reason", finish.wire());
    }

    private static void message(List<Part> parts, ObjectNode message) {
        String text = joined(parts, Part.Text.class);
        String refusal = joined(parts, Part.Refusal.class);
        boolean calls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        boolean silent = text.isEmpty() && (calls || !refusal.isEmpty());
        message.put("role", "assistant").put("content", silent ? null : text);
        message.put("refusal", refusal.isEmpty() ? null : refusal);
        ChatReasoning.write(parts, message);
        for (Part part : parts) {
            if (part instanceof Part.ToolCall call) {
                call(call, message.withArray("tool_calls").addObject());
            }
        }
    }

    private static void call(Part.ToolCall call, ObjectNode node) {
        node.put("id", call.id())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", ChatArguments.of(call.arguments()));
    }

    private static String joined(List<Part> parts, Class<? extends Part> kind) {
        return parts.stream().filter(kind::isInstance).map(ChatWhole::text).collect(Collectors.joining());
    }

    private static String text(Part part) {
        if (part instanceof Part.Refusal refusal) {
            return refusal.text();
        }
        return part instanceof Part.Text text ? text.text() : "";
    }
}
