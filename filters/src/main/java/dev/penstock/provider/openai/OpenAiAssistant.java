package dev.penstock.provider.openai;

import dev.penstock.core.Json;
import dev.penstock.core.Part;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an assistant message. Unsigned reasoning goes along as {@code reasoning_content}, which DeepSeek demands in tool
 * loops; what another provider signed or encrypted means nothing here and is left out (PROVIDERS 13.7).
 */
final class OpenAiAssistant {

    private final ObjectNode message;
    private final OpenAiParts parts;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();

    private OpenAiAssistant(ObjectNode message, OpenAiParts parts) {
        this.message = message;
        this.parts = parts;
    }

    static void write(List<Part> pieces, ObjectNode message, OpenAiParts parts) {
        OpenAiAssistant it = new OpenAiAssistant(message, parts);
        message.putNull("content");
        pieces.forEach(it::add);
        it.finish();
    }

    private void add(Part part) {
        if (part instanceof Part.Text piece) {
            text.append(piece.text());
        } else if (part instanceof Part.Refusal piece) {
            refusal.append(piece.text());
        } else if (part instanceof Part.ToolCall call) {
            call(call);
        } else if (part instanceof Part.Reasoning thought
                && thought.signature() == null
                && thought.redacted() == null) {
            reasoning.append(thought.text());
        } else if (part instanceof Part.Foreign foreign && isCall(foreign)) {
            message.withArray("tool_calls").add(foreign.node());
        } else {
            parts.ignore(part);
        }
    }

    private void call(Part.ToolCall call) {
        String arguments = call.arguments().isBlank() ? "{}" : call.arguments();
        message.withArray("tool_calls")
                .addObject()
                .put("id", call.id())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", arguments);
    }

    private void finish() {
        if (!text.isEmpty() || !(message.has("tool_calls") || !refusal.isEmpty())) {
            message.put("content", text.toString());
        }
        if (!refusal.isEmpty()) {
            message.put("refusal", refusal.toString());
        }
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
    }

    private static boolean isCall(Part.Foreign foreign) {
        return foreign.dialect().equals(OpenAiDialect.NAME)
                && Json.string(foreign.node(), "type").equals("custom");
    }
}
