package dev.penstock.surface.chat;

import dev.penstock.core.Asked;
import dev.penstock.core.ChatAnswer;
import dev.penstock.core.Chunk;
import dev.penstock.core.Chunk.Mark;
import dev.penstock.core.GatewayException;
import dev.penstock.core.Json;
import dev.penstock.exchange.DeltaWriter;
import dev.penstock.exchange.Surface;
import dev.penstock.exchange.Texts;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's chat completions, the form that the hub is closest to. */
public final class ChatSurface implements Surface {

    /** What every chunk of a stream must repeat. */
    private static final List<String> ONE_A_STREAM = List.of("id", "object", "created", "model");

    /** The dialect whose providers take a caller's body as it is. */
    static final String DIALECT = "openai";

    static final String CHUNK = "chat.completion.chunk";

    private final Clock clock;

    /** {@code clock} gives answers of other dialects their {@code created}. */
    public ChatSurface(Clock clock) {
        this.clock = clock;
    }

    /** Reads a request as the step ParseChat does. */
    public Asked read(byte[] body, Json json) {
        return ChatBody.read(body, json, "");
    }

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public ObjectNode whole(ChatAnswer answer, String id) {
        return ChatWhole.write(answer, head(id));
    }

    @Override
    public DeltaWriter writer(String id) {
        return new ChatWriter(head(id));
    }

    @Override
    public boolean wantsUsage(Asked asked) {
        return asked.body().path("stream_options").path("include_usage").asBoolean(false);
    }

    @Override
    public boolean shows(Chunk chunk, Asked asked) {
        return chunk.mark() != Mark.USAGE_ONLY || wantsUsage(asked);
    }

    @Override
    public Optional<Chunk> report(ObjectNode report, Chunk last) {
        ObjectNode chunk = Json.object();
        for (String field : ONE_A_STREAM) {
            chunk.set(field, last.tree().path(field));
        }
        chunk.putArray("choices");
        chunk.set("x_penstock", report);
        return Optional.of(Chunk.of("", chunk, Mark.PREAMBLE));
    }

    @Override
    public String endMarker() {
        return "[DONE]";
    }

    @Override
    public ObjectNode error(GatewayException failure, String requestId) {
        return ChatErrors.write(failure);
    }

    @Override
    public String errorMediaType() {
        return "application/json";
    }

    @Override
    public String errorEvent() {
        return "";
    }

    @Override
    public Texts texts() {
        return ChatTexts.INSTANCE;
    }

    private ChatHead head(String id) {
        return ChatHead.of(id, clock.instant().getEpochSecond());
    }
}
