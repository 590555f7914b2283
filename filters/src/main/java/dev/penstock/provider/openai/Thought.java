package dev.penstock.provider.openai;

import dev.penstock.core.Json;
import dev.penstock.core.Part;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reasoning in a message or delta, under any of the names that the services have for it (PROVIDERS 13.7). */
final class Thought {

    private static final List<String> NAMES = List.of("reasoning_content", "reasoning", "thinking");

    private Thought() {}

    /** The readable text, or {@code ""}. */
    static String text(JsonNode message) {
        for (String name : NAMES) {
            String plain = Json.string(message, name);
            if (!plain.isEmpty()) {
                return plain;
            }
        }
        StringBuilder text = new StringBuilder();
        message.path("reasoning_details").forEach(detail -> text.append(textOf(detail)));
        return text.isEmpty() ? Content.thinking(message.path("content")) : text.toString();
    }

    /** The reasoning of a whole message: by its details where they are signed or encrypted, else the plain text. */
    static List<Part> parts(JsonNode message) {
        JsonNode details = message.path("reasoning_details");
        List<Part> parts = new ArrayList<>();
        for (JsonNode detail : details) {
            parts.add(part(detail));
        }
        if (parts.stream().anyMatch(Thought::isSealed)) {
            return parts;
        }
        String text = text(message);
        return text.isEmpty() ? List.of() : List.of(new Part.Reasoning(text, null, null));
    }

    /** What {@link #text} does not hold: signatures and encrypted reasoning. */
    static List<Part.Reasoning> seals(JsonNode delta) {
        List<Part.Reasoning> seals = new ArrayList<>();
        for (JsonNode detail : delta.path("reasoning_details")) {
            Part.Reasoning part = part(detail);
            if (isSealed(part)) {
                seals.add(part);
            }
        }
        return seals;
    }

    private static boolean isSealed(Part part) {
        return part instanceof Part.Reasoning it && (it.signature() != null || it.redacted() != null);
    }

    private static Part.Reasoning part(JsonNode detail) {
        String signature = Json.string(detail, "signature");
        String encrypted = Json.string(detail, "data");
        return new Part.Reasoning(
                textOf(detail), signature.isEmpty() ? null : signature, encrypted.isEmpty() ? null : encrypted);
    }

    private static String textOf(JsonNode detail) {
        String text = Json.string(detail, "text");
        return text.isEmpty() ? Json.string(detail, "summary") : text;
    }
}
