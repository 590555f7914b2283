package dev.penstock.surface.chat;

import dev.penstock.core.Asked;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.core.Need;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bytes to what is asked. Types are checked, values only where the gateway acts on them; an empty list is the provider's. */
final class ChatBody {

    private ChatBody() {}

    /** {@code routeModel} serves requests that name no model; it may be empty. */
    static Asked read(byte[] bytes, Json json, String routeModel) {
        ObjectNode body = object(bytes, json);
        Fields fields = new Fields(body, "");
        String model = model(fields, routeModel);
        boolean mayLack = body.path("prompt").isObject() && !body.has("messages");
        if (!mayLack && !body.path("messages").isArray()) {
            throw fields.wrong("messages", "a list");
        }
        ChatTypes.check(body);
        boolean stream = Boolean.TRUE.equals(fields.bool("stream"));
        Set<Need> needs = ChatNeeds.of(body);
        return Asked.in(ChatSurface.DIALECT, model, body, needs, stream, ChatReader::read);
    }

    private static String model(Fields fields, String routeModel) {
        String model = fields.string("model");
        if (model == null && !routeModel.isEmpty()) {
            return "";
        }
        if (model == null || model.isEmpty()) {
            throw fields.wrong("model", "the name of a model");
        }
        return model;
    }

    private static ObjectNode object(byte[] bytes, Json json) {
        JsonNode root = tree(bytes, json);
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw GatewayException.invalid("body", root.isMissingNode() ? "is empty" : Fields.kind(root), "a JSON object");
    }

    private static JsonNode tree(byte[] bytes, Json json) {
        try {
            return json.read(bytes);
        } catch (JacksonException failure) {
            throw GatewayException.invalid("body", problem(failure), "one JSON object");
        }
    }

    /** Says what and where; the parser's own message may quote the text. */
    private static String problem(JacksonException failure) {
        TokenStreamLocation at = failure.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        if (failure instanceof StreamConstraintsException) {
            return "is nested too deep or too large" + where;
        }
        String message = failure.getOriginalMessage();
        boolean duplicate = message != null && message.startsWith("Duplicate");
        return (duplicate ? "has a member twice" : "is not JSON") + where;
    }
}
