package dev.penstock.surface.content;

import dev.penstock.core.Asked;
import dev.penstock.core.ChatAnswer;
import dev.penstock.core.Chunk;
import dev.penstock.core.GatewayException;
import dev.penstock.exchange.DeltaWriter;
import dev.penstock.exchange.Surface;
import dev.penstock.exchange.Texts;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Content routes as callers see them. */
public final class ContentSurface implements Surface {

    private final Surface chat;

    /** {@code chat} writes answers in the form that FitSchema reads, OpenAI's. */
    public ContentSurface(Surface chat) {
        this.chat = chat;
    }

    @Override
    public String name() {
        return "content";
    }

    @Override
    public ObjectNode whole(ChatAnswer answer, String id) {
        return chat.whole(answer, id);
    }

    @Override
    public DeltaWriter writer(String id) {
        return chat.writer(id);
    }

    @Override
    public boolean wantsUsage(Asked asked) {
        return chat.wantsUsage(asked);
    }

    @Override
    public boolean shows(Chunk chunk, Asked asked) {
        return chat.shows(chunk, asked);
    }

    @Override
    public Optional<Chunk> report(ObjectNode report, Chunk last) {
        return Optional.empty();
    }

    @Override
    public String endMarker() {
        return "";
    }

    @Override
    public ObjectNode error(GatewayException failure, String requestId) {
        return Problem.of(failure, requestId);
    }

    @Override
    public String errorMediaType() {
        return "application/problem+json";
    }

    @Override
    public String errorEvent() {
        return "error";
    }

    @Override
    public Texts texts() {
        return ContentTexts.INSTANCE;
    }
}
