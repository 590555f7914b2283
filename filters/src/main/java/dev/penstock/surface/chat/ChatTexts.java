package dev.penstock.surface.chat;

import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.Json;
import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import dev.penstock.exchange.Channel;
import dev.penstock.exchange.Texts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The texts of chat requests, answers and events; those of one message are {@link MessageTexts}. */
final class ChatTexts implements Texts {

    static final ChatTexts INSTANCE = new ChatTexts();

    private static final List<String> ENVELOPE = List.of("id", "object", "created", "model");
    private static final List<String> TOLD =
            List.of("content", "refusal", "reasoning_content", "reasoning", "thinking");

    private ChatTexts() {}

    @Override
    public void asked(ObjectNode body, TextVisitor visitor) {
        int at = 0;
        for (JsonNode message : body.path("messages")) {
            String path = "messages[" + at++ + "]";
            MessageTexts.visit((ObjectNode) message, path, MessageTexts.kind(message), visitor);
        }
        MessageTexts.content(body.path("prediction"), "prediction", TextKind.MESSAGE, visitor);
        descriptions(body.path("tools"), "tools", visitor);
        descriptions(body.path("functions"), "functions", visitor);
        descriptions(body.path("response_format"), "response_format", visitor);
        unknown(body, visitor);
    }

    /** What services of their own have beside OpenAI's members, which is passed on to them. */
    private static void unknown(ObjectNode body, TextVisitor visitor) {
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            if (!ChatTypes.knows(member.getKey()) && hasText(member.getValue())) {
                visitor.other(member.getKey(), "member");
            }
        }
    }

    private static boolean hasText(JsonNode value) {
        return value.isString() || value.valueStream().anyMatch(ChatTexts::hasText);
    }

    /** Also those of arguments, however deep. */
    private static void descriptions(JsonNode node, String path, TextVisitor visitor) {
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                descriptions(list.get(i), path + "[" + i + "]", visitor);
            }
        } else if (node instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                if (name.equals("description") && object.get(name).isString()) {
                    MessageTexts.member(object, name, path, TextKind.TOOL_DESCRIPTION, visitor);
                } else {
                    descriptions(object.get(name), path + "." + name, visitor);
                }
            }
        }
    }

    @Override
    public void answered(ObjectNode body, TextVisitor visitor) {
        int at = 0;
        for (JsonNode each : body.path("choices")) {
            String path = "choices[" + at++ + "]";
            if (each instanceof ObjectNode choice) {
                Changes changes = new Changes();
                answered(choice, path, changes.seen(visitor));
                changes.hide(choice);
            }
        }
    }

    private static void answered(ObjectNode choice, String path, TextVisitor visitor) {
        MessageTexts.member(choice, DeltaTexts.TEXT, path, TextKind.MESSAGE, visitor);
        if (Members.object(choice, "message", path, visitor) instanceof ObjectNode message) {
            MessageTexts.visit(message, path + ".message", TextKind.MESSAGE, visitor);
        }
    }

    @Override
    public String lastAsked(ObjectNode body) {
        ToolTurns tools = new ToolTurns();
        JsonNode last = MissingNode.getInstance();
        for (JsonNode message : body.path("messages")) {
            last = tools.has(message) ? last : message;
        }
        return said(last);
    }

    @Override
    public List<String> documents(ObjectNode answer) {
        return answer.path("choices")
                .valueStream()
                .map(choice -> said(choice.path("message")))
                .toList();
    }

    private static String said(JsonNode message) {
        JsonNode content = message.path("content");
        return content.isArray()
                ? content.valueStream().map(part -> Json.string(part, "text")).collect(Collectors.joining())
                : Json.string(message, "content");
    }

    @Override
    public boolean isWhole(Chunk event) {
        return false;
    }

    @Override
    public void pieces(JsonNode event, PieceVisitor visitor) {
        for (JsonNode each : event.path("choices")) {
            int index = each.path("index").asInt(0);
            if (each instanceof ObjectNode choice) {
                new DeltaTexts(index, visitor).visit(choice);
            }
            if (ends(each)) {
                visitor.ends(index);
            }
        }
    }

    /** As those see it who read providers' streams: an empty word ends nothing (PROVIDERS 12.3). */
    private static boolean ends(JsonNode choice) {
        return !Json.string(choice, "finish_reason").isEmpty()
                || choice.path("finish_details").isObject();
    }

    @Override
    public boolean isEmpty(JsonNode event) {
        for (JsonNode choice : event.path("choices")) {
            if (ends(choice) || choice.hasNonNull("logprobs") || !saysNothing(choice)) {
                return false;
            }
        }
        return !event.hasNonNull("usage") && !event.path("choices").isEmpty();
    }

    private static boolean saysNothing(JsonNode choice) {
        return !choice.has("message")
                && Json.string(choice, DeltaTexts.TEXT).isEmpty()
                && isSilent(choice.path("delta"));
    }

    /** Whether a delta has nothing but texts, all of them empty. */
    private static boolean isSilent(JsonNode delta) {
        for (String name : delta.propertyNames()) {
            JsonNode value = delta.get(name);
            boolean told = TOLD.contains(name)
                    && (value.isNull()
                            || value.isString() && value.stringValue().isEmpty());
            if (!told && !(name.equals("tool_calls") && value.valueStream().allMatch(ChatTexts::isEmptyCall))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmptyCall(JsonNode call) {
        return !call.hasNonNull("id")
                && !call.path("function").hasNonNull("name")
                && Json.string(call.path("function"), "arguments").isEmpty()
                && !call.path("custom").hasNonNull("name")
                && Json.string(call.path("custom"), "input").isEmpty();
    }

    @Override
    public Chunk piece(JsonNode like, Channel channel, String text) {
        ObjectNode chunk = Json.object();
        ENVELOPE.forEach(name -> {
            if (like.has(name)) {
                chunk.set(name, like.get(name));
            }
        });
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", channel.choice());
        DeltaPieces.write(choice, channel, text);
        choice.putNull("finish_reason");
        return Chunk.of("", chunk, Mark.SEMANTIC);
    }
}
