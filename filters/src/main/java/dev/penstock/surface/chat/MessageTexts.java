package dev.penstock.surface.chat;

import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The texts of one message, of a request or an answer. */
final class MessageTexts {

    private MessageTexts() {}

    /** What the content of a message is. */
    static TextKind kind(JsonNode message) {
        return switch (Json.string(message, "role")) {
            case "system", "developer" -> TextKind.SYSTEM;
            case "tool", "function" -> TextKind.TOOL_RESULT;
            default -> TextKind.MESSAGE;
        };
    }

    static void visit(ObjectNode message, String path, TextKind kind, TextVisitor visitor) {
        if (isPlain(message)) {
            member(message, "content", path, kind, visitor);
            return;
        }
        reasoning(message, path, visitor);
        content(message, path, kind, visitor);
        member(message, "refusal", path, kind, visitor);
        member(message.path("audio"), "transcript", path + ".audio", kind, visitor);
        int at = 0;
        for (JsonNode call : message.path("tool_calls")) {
            String calls = path + ".tool_calls[" + at++ + "]";
            member(call.path("function"), "arguments", calls + ".function", TextKind.TOOL_ARGUMENTS, visitor);
            member(call.path("custom"), "input", calls + ".custom", TextKind.TOOL_ARGUMENTS, visitor);
        }
        member(message.path("function_call"), "arguments", path + ".function_call", TextKind.TOOL_ARGUMENTS, visitor);
    }

    /** Most messages have a role and a text, and nothing that is to be looked for. */
    private static boolean isPlain(ObjectNode message) {
        return message.size() == 2
                && message.has("role")
                && message.path("content").isString();
    }

    private static void reasoning(ObjectNode message, String path, TextVisitor visitor) {
        member(message, "reasoning_content", path, TextKind.REASONING, visitor);
        member(message, "reasoning", path, TextKind.REASONING, visitor);
        int at = 0;
        for (JsonNode detail : message.path("reasoning_details")) {
            String details = path + ".reasoning_details[" + at++ + "]";
            member(detail, "text", details, TextKind.REASONING, visitor);
            member(detail, "summary", details, TextKind.REASONING, visitor);
        }
    }

    /** A text, or a list of parts. */
    static void content(JsonNode owner, String path, TextKind kind, TextVisitor visitor) {
        JsonNode content = owner.path("content");
        if (!content.isArray()) {
            member(owner, "content", path, kind, visitor);
            return;
        }
        int at = 0;
        for (JsonNode part : content) {
            part(part, path + ".content[" + at++ + "]", kind, visitor);
        }
    }

    private static void part(JsonNode part, String path, TextKind kind, TextVisitor visitor) {
        String type = Json.string(part, "type");
        if (part.has("text") || part.has("refusal") || type.equals("text")) {
            member(part, part.has("refusal") ? "refusal" : "text", path, kind, visitor);
            if (!part.has("text") && !part.has("refusal")) {
                visitor.unreadable(path + ".text");
            }
        } else {
            visitor.other(path, type.isEmpty() ? "unknown" : type);
        }
    }

    static void member(JsonNode owner, String name, String path, TextKind kind, TextVisitor visitor) {
        JsonNode value = owner.path(name);
        if (value.isString()) {
            String text = value.stringValue();
            String next = visitor.text(kind, path + "." + name, text);
            if (next != text) {
                ((ObjectNode) owner).put(name, next);
            }
        } else if (!value.isMissingNode() && !value.isNull()) {
            visitor.unreadable(path + "." + name);
        }
    }
}
