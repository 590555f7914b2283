package dev.penstock.guard;

import dev.penstock.core.ChatRequest;
import dev.penstock.core.Part;
import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import dev.penstock.core.Turn;
import java.util.ArrayList;
import java.util.List;

/** The texts of a conversation that Penstock wrote itself: a rendered prompt. */
final class HubTexts {

    private HubTexts() {}

    /** The same conversation with the texts that the visitor answers with. */
    static ChatRequest visited(ChatRequest request, TextVisitor visitor) {
        List<Turn> turns = new ArrayList<>(request.turns().size());
        for (Turn turn : request.turns()) {
            String at = "prompt[" + turns.size() + "]";
            turns.add(new Turn(turn.role(), parts(turn.parts(), kind(turn), at, visitor), turn.name()));
        }
        return new ChatRequest(
                List.copyOf(turns),
                request.tools(),
                request.toolChoice(),
                request.parallelTools(),
                request.format(),
                request.sampling(),
                request.stream(),
                request.extras());
    }

    /** The last message, its texts joined; of tools a rendered prompt knows nothing. */
    static String last(ChatRequest request) {
        List<Turn> turns = request.turns();
        StringBuilder last = new StringBuilder();
        if (!turns.isEmpty()) {
            for (Part part : turns.get(turns.size() - 1).parts()) {
                last.append(part instanceof Part.Text it ? it.text() : "");
            }
        }
        return last.toString();
    }

    private static TextKind kind(Turn turn) {
        return switch (turn.role()) {
            case SYSTEM -> TextKind.SYSTEM;
            case TOOL -> TextKind.TOOL_RESULT;
            default -> TextKind.MESSAGE;
        };
    }

    private static List<Part> parts(List<Part> parts, TextKind kind, String at, TextVisitor visitor) {
        List<Part> visited = new ArrayList<>(parts.size());
        parts.forEach(part -> visited.add(part(part, kind, at, visitor)));
        return List.copyOf(visited);
    }

    private static Part part(Part part, TextKind kind, String at, TextVisitor visitor) {
        if (part instanceof Part.Text it) {
            return new Part.Text(visitor.text(kind, at, it.text()));
        }
        if (part instanceof Part.ToolCall it) {
            return new Part.ToolCall(it.id(), it.name(), visitor.text(TextKind.TOOL_ARGUMENTS, at, it.arguments()));
        }
        if (part instanceof Part.ToolResult it) {
            return new Part.ToolResult(it.callId(), parts(it.parts(), TextKind.TOOL_RESULT, at, visitor), it.error());
        }
        if (part instanceof Part.Reasoning it) {
            return new Part.Reasoning(visitor.text(TextKind.REASONING, at, it.text()), it.signature(), it.redacted());
        }
        visitor.other(at, "part");
        return part;
    }
}
