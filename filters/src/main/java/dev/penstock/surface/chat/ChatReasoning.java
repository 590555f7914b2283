package dev.penstock.surface.chat;

import dev.penstock.core.Json;
import dev.penstock.core.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reasoning over this surface: {@code reasoning_content} for people, {@code reasoning_details} for the way back, in
 * OpenRouter's form (PROVIDERS 13.7). A caller may send the details merged by index, or every piece as it came.
 */
final class ChatReasoning {

    private ChatReasoning() {}

    static List<Part> read(Fields message) {
        List<Part> parts = details(message.objects("reasoning_details"));
        if (!parts.isEmpty()) {
            return parts;
        }
        String text = message.string("reasoning_content");
        String plain = text == null ? message.string("reasoning") : text;
        return plain == null || plain.isEmpty() ? List.of() : List.of(new Part.Reasoning(plain, null, null));
    }

    private static List<Part> details(List<Fields> details) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Fields detail : details) {
            String encrypted = detail.string("data");
            String signature = detail.string("signature");
            String piece = detail.string(detail.has("text") ? "text" : "summary");
            text.append(piece == null ? "" : piece);
            if (encrypted != null) {
                parts.add(new Part.Reasoning("", null, encrypted));
            } else if (signature != null) {
                parts.add(new Part.Reasoning(text.toString(), signature, null));
                text.setLength(0);
            }
        }
        if (!text.isEmpty()) {
            parts.add(new Part.Reasoning(text.toString(), null, null));
        }
        return parts;
    }

    /** Writes what the parts hold of reasoning into a message; details only where one of them is signed or encrypted. */
    static void write(List<Part> parts, ObjectNode message) {
        StringBuilder text = new StringBuilder();
        ArrayNode details = Json.object().arrayNode();
        boolean sealed = false;
        for (Part part : parts) {
            if (part instanceof Part.Reasoning it) {
                text.append(it.text());
                sealed |= it.signature() != null || it.redacted() != null;
                details.add(detail(it, details.size()));
            }
        }
        if (!text.isEmpty()) {
            message.put("reasoning_content", text.toString());
        }
        if (sealed) {
            message.set("reasoning_details", details);
        }
    }

    private static ObjectNode detail(Part.Reasoning part, int index) {
        if (part.redacted() != null) {
            return sealed(null, part.redacted(), index);
        }
        ObjectNode detail = text(part.text(), index);
        return part.signature() == null ? detail : detail.put("signature", part.signature());
    }

    /** A piece of readable reasoning; pieces of one index belong together. */
    static ObjectNode text(String text, int index) {
        return Json.object().put("type", "reasoning.text").put("text", text).put("index", index);
    }

    /** What ends the reasoning of this index: its signature, or all of it, encrypted. */
    static ObjectNode sealed(@Nullable String signature, @Nullable String redacted, int index) {
        ObjectNode detail = Json.object();
        if (redacted != null) {
            detail.put("type", "reasoning.encrypted").put("data", redacted);
        } else {
            detail.put("type", "reasoning.text").put("signature", signature);
        }
        return detail.put("index", index);
    }
}
