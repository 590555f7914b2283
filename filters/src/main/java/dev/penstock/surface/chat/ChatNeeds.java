package dev.penstock.surface.chat;

import dev.penstock.core.Json;
import dev.penstock.core.Need;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a request cannot do without, read off its tree; members of a wrong type need nothing. */
final class ChatNeeds {

    private ChatNeeds() {}

    static Set<Need> of(ObjectNode body) {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        tools(body, needs);
        content(body, needs);
        if (Json.string(body.path("response_format"), "type").equals("json_schema")) {
            needs.add(Need.JSON_SCHEMA);
        }
        if (Json.integer(body, "n") > 1) {
            needs.add(Need.CHOICES);
        }
        return needs.isEmpty() ? Set.of() : needs;
    }

    private static void tools(ObjectNode body, Set<Need> needs) {
        if (isList(body.path("tools")) || isList(body.path("functions"))) {
            needs.add(Need.TOOLS);
            if (isForced(body.path("tool_choice")) || body.path("function_call").isObject()) {
                needs.add(Need.FORCED_TOOL);
            }
        }
        for (JsonNode tool : body.path("tools")) {
            if (tool.has("type") && !Json.string(tool, "type").equals("function")) {
                needs.add(Need.CUSTOM_TOOLS);
            }
        }
    }

    private static boolean isForced(JsonNode choice) {
        if (choice.isObject()) {
            return !Json.string(choice.path("allowed_tools"), "mode").equals("auto");
        }
        return choice.isString() && choice.stringValue().equals("required");
    }

    private static void content(ObjectNode body, Set<Need> needs) {
        for (JsonNode message : body.path("messages")) {
            if (message.path("content").isArray()) {
                message.path("content").forEach(part -> part(Json.string(part, "type"), needs));
            }
        }
        for (JsonNode modality : body.path("modalities")) {
            if (modality.isString() && modality.stringValue().equals("audio")) {
                needs.add(Need.AUDIO);
            }
        }
    }

    private static void part(String type, Set<Need> needs) {
        switch (type) {
            case "image_url" -> needs.add(Need.IMAGES);
            case "input_audio" -> needs.add(Need.AUDIO);
            case "file" -> needs.add(Need.FILES);
            default -> {}
        }
    }

    private static boolean isList(JsonNode node) {
        return node.isArray() && !node.isEmpty();
    }
}
