package dev.penstock.surface.chat;

import dev.penstock.core.Json;
import dev.penstock.core.TextVisitor;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What stands where messages and deltas have their texts; a value of another type there is told, since it may hold one. */
final class Members {

    /** The names that services have for reasoning that is one text (PROVIDERS 13.7). */
    static final List<String> REASONING = List.of("reasoning_content", "reasoning", "thinking");

    /** The members of parts that are read, and the types that have nothing else. */
    private static final List<String> TEXTS = List.of("text", "refusal", "thinking");

    private Members() {}

    /** Whether no text can be in it, whatever its type is. */
    static boolean isNothing(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || value.isBoolean()
                || value.isContainer() && value.isEmpty()
                || value.isString() && value.stringValue().isEmpty();
    }

    /** What a part is beside the texts that are read of it, whatever its type says. */
    static void rest(JsonNode part, String path, TextVisitor visitor) {
        String type = Json.string(part, "type");
        boolean read = TEXTS.stream().anyMatch(part::has);
        if (TEXTS.contains(type)) {
            if (!read) {
                visitor.unreadable(path);
            }
        } else if (!read || hasMore(part)) {
            visitor.other(path, type.isEmpty() ? "unknown" : type);
        }
    }

    private static boolean hasMore(JsonNode part) {
        return part.properties().stream()
                .anyMatch(member -> !member.getKey().equals("type")
                        && !TEXTS.contains(member.getKey())
                        && !isNothing(member.getValue()));
    }

    static JsonNode object(JsonNode owner, String name, String path, TextVisitor visitor) {
        JsonNode value = owner.path(name);
        if (!value.isObject() && !isNothing(value)) {
            visitor.unreadable(path + "." + name);
        }
        return value;
    }

    /** The objects of a list that may not be there. */
    static List<ObjectNode> objects(JsonNode owner, String name, String path, TextVisitor visitor) {
        JsonNode list = owner.path(name);
        if (isNothing(list)) {
            return List.of();
        }
        List<ObjectNode> objects = new ArrayList<>(list.size());
        for (JsonNode item : list) {
            if (item instanceof ObjectNode object) {
                objects.add(object);
            }
        }
        if (!list.isArray() || objects.size() < list.size()) {
            visitor.unreadable(path + "." + name);
        }
        return objects;
    }
}
