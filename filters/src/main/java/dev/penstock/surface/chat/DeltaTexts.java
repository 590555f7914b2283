package dev.penstock.surface.chat;

import dev.penstock.core.TextKind;
import dev.penstock.core.TextVisitor;
import dev.penstock.exchange.Channel;
import dev.penstock.exchange.Texts.PieceVisitor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The texts of one choice in one event of a stream: those of {@link MessageTexts}, in pieces. As a visitor it is told those that
 * come as wholes, and what cannot be read.
 */
final class DeltaTexts implements TextVisitor {

    static final String DETAILS = "reasoning_details";
    static final String SUMMARIES = "reasoning_details.summary";
    static final String CONTENT = "content";
    static final String THOUGHTS = "content.thinking";
    static final String AUDIO = "audio";
    static final String TRANSCRIPT = "transcript";
    static final String CALL = "function_call";
    static final String CALLS = "tool_calls";
    static final String CUSTOM = "tool_calls.custom";
    static final String ARGUMENTS = "arguments";

    /** Of the choice itself: what services say that speak of completions. */
    static final String TEXT = "text";

    private final int choice;
    private final PieceVisitor visitor;
    private final Changes changes = new Changes();
    private final String owner;
    private final String path;

    DeltaTexts(int choice, PieceVisitor visitor) {
        this.choice = choice;
        this.visitor = visitor;
        this.owner = "choices[" + choice + "]";
        this.path = owner + ".delta";
    }

    @Override
    public String text(TextKind kind, String at, String text) {
        return changes.told(text, visitor.whole(new Channel(choice, kind, at, Channel.WHOLE), text));
    }

    @Override
    public void other(String at, String what) {
        visitor.other(at, what);
    }

    @Override
    public void unreadable(String at) {
        visitor.unreadable(at);
    }

    /** The message of a choice is whole where it is in an event at all: Perplexity's last has all that was said (PROVIDERS 12). */
    void visit(ObjectNode all) {
        member(all, TEXT, TextKind.MESSAGE, TEXT);
        if (Members.object(all, "delta", owner, this) instanceof ObjectNode delta) {
            delta(delta);
        }
        if (Members.object(all, "message", owner, this) instanceof ObjectNode message) {
            MessageTexts.visit(message, "message", TextKind.MESSAGE, this);
        }
        changes.hide(all);
    }

    /** Reasoning comes first where a delta has several. */
    private void delta(ObjectNode delta) {
        Members.REASONING.forEach(name -> member(delta, name, TextKind.REASONING, name));
        content(delta);
        member(delta, "refusal", TextKind.MESSAGE, "refusal");
        member(Members.object(delta, AUDIO, path, this), TRANSCRIPT, TextKind.MESSAGE, AUDIO);
        for (ObjectNode detail : Members.objects(delta, DETAILS, path, this)) {
            int index = detail.path("index").asInt(0);
            piece(detail, TEXT, new Channel(choice, TextKind.REASONING, DETAILS, index));
            piece(detail, "summary", new Channel(choice, TextKind.REASONING, SUMMARIES, index));
        }
        for (ObjectNode call : Members.objects(delta, CALLS, path, this)) {
            int index = call.path("index").asInt(0);
            JsonNode function = Members.object(call, "function", path, this);
            piece(function, ARGUMENTS, new Channel(choice, TextKind.TOOL_ARGUMENTS, CALLS, index));
            JsonNode custom = Members.object(call, "custom", path, this);
            piece(custom, "input", new Channel(choice, TextKind.TOOL_ARGUMENTS, CUSTOM, index));
        }
        member(Members.object(delta, CALL, path, this), ARGUMENTS, TextKind.TOOL_ARGUMENTS, CALL);
        MessageTexts.annotations(delta, "delta", TextKind.MESSAGE, this);
    }

    /** A text, or a list of parts (Mistral, PROVIDERS 8). */
    private void content(ObjectNode delta) {
        JsonNode content = delta.path(CONTENT);
        if (!content.isArray()) {
            member(delta, CONTENT, TextKind.MESSAGE, CONTENT);
            return;
        }
        for (ObjectNode part : Members.objects(delta, CONTENT, path, this)) {
            part(part);
        }
    }

    private void part(ObjectNode part) {
        member(part, TEXT, TextKind.MESSAGE, CONTENT);
        member(part, "refusal", TextKind.MESSAGE, "refusal");
        if (part.path("thinking").isArray()) {
            Members.objects(part, "thinking", path, this)
                    .forEach(thought -> member(thought, TEXT, TextKind.REASONING, THOUGHTS));
        } else {
            member(part, "thinking", TextKind.REASONING, THOUGHTS);
        }
        Members.rest(part, path + ".content", this);
    }

    private void member(JsonNode owner, String name, TextKind kind, String member) {
        piece(owner, name, new Channel(choice, kind, member, 0));
    }

    private void piece(JsonNode owner, String name, Channel channel) {
        JsonNode value = owner.path(name);
        if (value.isString()) {
            String text = value.stringValue();
            String next = changes.told(text, visitor.piece(channel, text));
            if (next != text) {
                ((ObjectNode) owner).put(name, next);
            }
        } else if (!Members.isNothing(value)) {
            visitor.unreadable(path + "." + channel.member());
        }
    }
}
