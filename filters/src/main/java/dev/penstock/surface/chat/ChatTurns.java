package dev.penstock.surface.chat;

import dev.penstock.core.Part;
import dev.penstock.core.Turn;
import dev.penstock.core.Turn.Role;
import java.util.ArrayList;
import java.util.List;

/** Reads messages as turns (PROVIDERS 2.2). One instance a request: legacy functions are answered without an id. */
final class ChatTurns {

    private static final String ROLES = "developer, system, user, assistant, tool or function";

    private String lastCall = "";

    List<Turn> read(Fields body) {
        List<Fields> messages = body.objects("messages");
        if (messages.isEmpty()) {
            throw body.wrong("messages", "a list with at least one message");
        }
        List<Turn> turns = new ArrayList<>();
        messages.forEach(message -> turns.add(turn(message, turns.size())));
        return turns;
    }

    private Turn turn(Fields message, int at) {
        return switch (message.text("role")) {
            case "system", "developer" -> turn(Role.SYSTEM, said(message), message);
            case "user" -> turn(Role.USER, said(message), message);
            case "assistant" -> turn(Role.ASSISTANT, assistant(message, at), message);
            case "tool" -> new Turn(Role.TOOL, List.of(result(message, message.text("tool_call_id"))), null);
            case "function" -> new Turn(Role.TOOL, List.of(result(message, lastCall)), null);
            default -> throw message.unknown("role", ROLES);
        };
    }

    private static Turn turn(Role role, List<Part> parts, Fields message) {
        return new Turn(role, parts, message.string("name"));
    }

    private static List<Part> said(Fields message) {
        if (!message.has("content")) {
            throw message.wrong("content", "a string, or a list of parts");
        }
        return ChatParts.read(message);
    }

    private static Part result(Fields message, String id) {
        return new Part.ToolResult(id, ChatParts.read(message), false);
    }

    private List<Part> assistant(Fields message, int at) {
        List<Part> parts = new ArrayList<>(ChatReasoning.read(message));
        parts.addAll(ChatParts.read(message));
        String refusal = message.string("refusal");
        if (refusal != null) {
            parts.add(new Part.Refusal(refusal));
        }
        message.objects("tool_calls").forEach(call -> parts.add(call(call)));
        if (message.has("function_call")) {
            lastCall = "call_" + at;
            parts.add(function(lastCall, message.object("function_call")));
        }
        return parts;
    }

    private static Part call(Fields call) {
        String type = call.string("type");
        if (type != null && !type.equals("function")) {
            return new Part.Foreign(ChatSurface.DIALECT, call.node());
        }
        return function(call.text("id"), call.object("function"));
    }

    private static Part function(String id, Fields function) {
        String arguments = function.string("arguments");
        return new Part.ToolCall(id, function.text("name"), arguments == null ? "" : arguments);
    }
}
