package dev.penstock.provider.openai;

import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes turns as messages. Tool messages hold text only and must stand together, so what else a tool gave follows in a user
 * message after the last of them (PROVIDERS 2.2).
 */
final class OpenAiTurns {

    private final ArrayNode messages;
    private final OpenAiParts parts;
    private final List<Part> media = new ArrayList<>();

    OpenAiTurns(ArrayNode messages, Set<String> ignored) {
        this.messages = messages;
        this.parts = new OpenAiParts(ignored);
    }

    void write(List<Turn> turns) {
        for (Turn turn : turns) {
            if (turn.role() != Turn.Role.TOOL) {
                flushMedia();
            }
            write(turn);
        }
        flushMedia();
    }

    private void write(Turn turn) {
        switch (turn.role()) {
            case SYSTEM -> parts.content(turn.parts(), message("system", turn));
            case USER -> parts.content(turn.parts(), message("user", turn));
            case ASSISTANT -> OpenAiAssistant.write(turn.parts(), message("assistant", turn), parts);
            case TOOL -> turn.parts().forEach(this::result);
        }
    }

    private void result(Part part) {
        if (!(part instanceof Part.ToolResult result)) {
            parts.ignore(part);
            return;
        }
        String text = result.parts().stream()
                .filter(Part.Text.class::isInstance)
                .map(piece -> ((Part.Text) piece).text())
                .collect(Collectors.joining("\n"));
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", result.callId())
                .put("content", result.error() ? "ERROR: " + text : text);
        result.parts().stream().filter(piece -> !(piece instanceof Part.Text)).forEach(media::add);
    }

    private void flushMedia() {
        if (!media.isEmpty()) {
            parts.content(media, messages.addObject().put("role", "user"));
            media.clear();
        }
    }

    private ObjectNode message(String role, Turn turn) {
        ObjectNode message = messages.addObject().put("role", role);
        return turn.name() == null ? message : message.put("name", turn.name());
    }
}
