package dev.penstock.surface.chat;

import dev.penstock.core.TextKind;
import dev.penstock.exchange.Channel;
import dev.penstock.exchange.Texts.PieceVisitor;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The pieces of texts in one delta of a stream. */
final class DeltaTexts {

    /** In the order in which they are looked at; reasoning comes first where a delta has several. */
    private static final Map<String, TextKind> MEMBERS = new LinkedHashMap<>();

    static final String DETAILS = "reasoning_details";
    private static final String CALL = "function_call";
    private static final String CALLS = "tool_calls";
    private static final String ARGUMENTS = "arguments";

    static {
        MEMBERS.put("reasoning_content", TextKind.REASONING);
        MEMBERS.put("reasoning", TextKind.REASONING);
        MEMBERS.put("content", TextKind.MESSAGE);
        MEMBERS.put("refusal", TextKind.MESSAGE);
    }

    private DeltaTexts() {}

    static void visit(ObjectNode delta, int choice, PieceVisitor visitor) {
        MEMBERS.forEach((name, kind) -> member(delta, name, new Channel(choice, kind, name, 0), visitor));
        for (JsonNode detail : delta.path(DETAILS)) {
            int index = detail.path("index").asInt(0);
            member(detail, "text", new Channel(choice, TextKind.REASONING, DETAILS, index), visitor);
        }
        for (JsonNode call : delta.path(CALLS)) {
            int index = call.path("index").asInt(0);
            Channel channel = new Channel(choice, TextKind.TOOL_ARGUMENTS, CALLS, index);
            member(call.path("function"), ARGUMENTS, channel, visitor);
        }
        Channel old = new Channel(choice, TextKind.TOOL_ARGUMENTS, CALL, 0);
        member(delta.path(CALL), ARGUMENTS, old, visitor);
    }

    private static void member(JsonNode owner, String name, Channel channel, PieceVisitor visitor) {
        if (owner.path(name).isString()) {
            String text = owner.get(name).stringValue();
            String next = visitor.piece(channel, text);
            if (next != text) {
                ((ObjectNode) owner).put(name, next);
            }
        }
    }

    static void write(ObjectNode delta, Channel channel, String text) {
        switch (channel.member()) {
            case DETAILS -> delta.putArray(DETAILS).add(ChatReasoning.text(text, channel.call()));
            case CALLS ->
                delta.putArray(CALLS)
                        .addObject()
                        .put("index", channel.call())
                        .putObject("function")
                        .put(ARGUMENTS, text);
            case CALL -> delta.putObject(CALL).put(ARGUMENTS, text);
            default -> delta.put(channel.member(), text);
        }
    }
}
