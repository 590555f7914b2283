package dev.penstock.surface.content;

import dev.penstock.core.Chunk;
import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import dev.penstock.exchange.Channel;
import dev.penstock.exchange.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The texts of content answers: every one in the fields of the kind. A stream has them whole, in its last event. */
final class ContentTexts implements Texts {

    static final ContentTexts INSTANCE = new ContentTexts();

    /** Ours, not the model's. */
    private static final String METADATA = "metadata";

    private ContentTexts() {}

    /** A content request becomes a conversation before anybody looks at it: that one is looked at. */
    @Override
    public void asked(ObjectNode body, TextVisitor visitor) {
        throw new IllegalStateException("a content request before RenderPrompt");
    }

    @Override
    public String lastAsked(ObjectNode body) {
        throw new IllegalStateException("a content request before RenderPrompt");
    }

    @Override
    public void answered(ObjectNode body, TextVisitor visitor) {
        for (String name : List.copyOf(body.propertyNames())) {
            if (!name.equals(METADATA)) {
                JsonNode before = body.get(name);
                JsonNode after = visited(before, name, visitor);
                if (after != before) {
                    body.set(name, after);
                }
            }
        }
    }

    /** The node itself, or one that takes its place. */
    private static JsonNode visited(JsonNode node, String path, TextVisitor visitor) {
        if (node.isString()) {
            String text = node.stringValue();
            String next = visitor.text(TextKind.MESSAGE, path, text);
            return next == text ? node : StringNode.valueOf(next);
        }
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, visited(list.get(i), path + "[" + i + "]", visitor));
            }
        } else if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                object.set(name, visited(object.get(name), path + "." + name, visitor));
            }
        }
        return node;
    }

    @Override
    public List<String> documents(ObjectNode answer) {
        ObjectNode fields = Json.object();
        answer.properties().forEach(member -> fields.set(member.getKey(), member.getValue()));
        fields.remove(METADATA);
        return List.of(Json.LENIENT_DEPTH.text(fields));
    }

    @Override
    public boolean isWhole(Chunk event) {
        return event.mark() == Chunk.Mark.SEMANTIC;
    }

    @Override
    public void pieces(JsonNode event, PieceVisitor visitor) {}

    @Override
    public boolean isEmpty(JsonNode event) {
        return false;
    }

    @Override
    public Chunk piece(JsonNode like, Channel channel, String text) {
        throw new IllegalStateException("content streams have no pieces");
    }
}
