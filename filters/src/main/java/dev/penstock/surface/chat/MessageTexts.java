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
        annotations(message, path, kind, visitor);
        reasoning(message, path, visitor);
        content(message, path, kind, visitor);
        member(message, "refusal", path, kind, visitor);
        member(Members.object(message, "audio", path, visitor), "transcript", path + ".audio", kind, visitor);
        int at = 0;
        for (ObjectNode call : Members.objects(message, "tool_calls", path, visitor)) {
            call(call, path + ".tool_calls[" + at++ + "]", visitor);
        }
        JsonNode old = Members.object(message, "function_call", path, visitor);
        member(old, "arguments", path + ".function_call", TextKind.TOOL_ARGUMENTS, visitor);
    }

    private static void call(ObjectNode call, String path, TextVisitor visitor) {
        JsonNode function = Members.object(call, "function", path, visitor);
        member(function, "arguments", path + ".function", TextKind.TOOL_ARGUMENTS, visitor);
        JsonNode custom = Members.object(call, "custom", path, visitor);
        member(custom, "input", path + ".custom", TextKind.TOOL_ARGUMENTS, visitor);
    }

    /** Most messages have a role and a text, and nothing that is to be looked for. */
    private static boolean isPlain(ObjectNode message) {
        return message.size() == 2
                && message.has("role")
                && message.path("content").isString();
    }

    /** What a service cites, in the words of others. */
    static void annotations(ObjectNode message, String path, TextKind kind, TextVisitor visitor) {
        int at = 0;
        for (ObjectNode annotation : Members.objects(message, "annotations", path, visitor)) {
            String cited = path + ".annotations[" + at++ + "]";
            JsonNode citation = Members.object(annotation, "url_citation", cited, visitor);
            member(citation, "title", cited + ".url_citation", kind, visitor);
            member(citation, "content", cited + ".url_citation", kind, visitor);
        }
    }

    private static void reasoning(ObjectNode message, String path, TextVisitor visitor) {
        Members.REASONING.forEach(name -> member(message, name, path, TextKind.REASONING, visitor));
        int at = 0;
        for (ObjectNode detail : Members.objects(message, "reasoning_details", path, visitor)) {
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

    /** Whatever its type says: a provider may read another of its members than the one that the type names. */
    private static void part(JsonNode part, String path, TextKind kind, TextVisitor visitor) {
        if (!part.isObject()) {
            visitor.unreadable(path);
            return;
        }
        member(part, "text", path, kind, visitor);
        member(part, "refusal", path, kind, visitor);
        thinking(part, path, visitor);
        Members.rest(part, path, visitor);
    }

    /** Mistral's is a list of parts, Cohere's a text. */
    private static void thinking(JsonNode part, String path, TextVisitor visitor) {
        if (!part.path("thinking").isArray()) {
            member(part, "thinking", path, TextKind.REASONING, visitor);
            return;
        }
        int at = 0;
        for (ObjectNode thought : Members.objects(part, "thinking", path, visitor)) {
            member(thought, "text", path + ".thinking[" + at++ + "]", TextKind.REASONING, visitor);
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
        } else if (!Members.isNothing(value)) {
            visitor.unreadable(path + "." + name);
        }
    }
}
