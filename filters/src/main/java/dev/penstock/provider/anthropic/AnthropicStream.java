package dev.penstock.provider.anthropic;

import dev.penstock.core.Delta;
import dev.penstock.core.FinishReason;
import dev.penstock.core.Json;
import dev.penstock.core.Usage;
import dev.penstock.provider.DecodeException;
import dev.penstock.provider.Frame;
import dev.penstock.provider.StreamFailure;
import dev.penstock.provider.StreamReader;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads a stream's events (PROVIDERS 4.4). The finish is told at {@code message_stop}, not at the {@code message_delta} that
 * names it, so that a stream cut between the two never looks finished.
 *
 * <p>What proxies have been seen to do is survived: a second {@code message_start}, a missing {@code content_block_stop},
 * deltas of a block that never began.
 */
final class AnthropicStream implements StreamReader {

    private final AnthropicUsage usage = new AnthropicUsage();
    private final OpenBlocks blocks = new OpenBlocks();
    private boolean begun;
    private boolean closed;
    private String stopReason = "";
    private String stopSequence = "";
    private String explanation = "";

    @Override
    public void read(Frame frame, Consumer<Delta> deltas) {
        if (closed) {
            return;
        }
        JsonNode event = parse(frame);
        String type = Json.string(event, "type");
        switch (type.isEmpty() ? frame.event() : type) {
            case "message_start" -> begin(event.path("message"), deltas);
            case "content_block_start" -> blocks.start(event, deltas);
            case "content_block_delta" -> blocks.delta(event, deltas);
            case "content_block_stop" -> blocks.stop(event, deltas);
            case "message_delta" -> messageDelta(event, deltas);
            case "message_stop" -> end(deltas);
            case "error" -> throw new StreamFailure(AnthropicErrors.inStream(event.path("error")));
            default -> {}
        }
    }

    @Override
    public boolean complete() {
        return closed && !stopReason.isEmpty();
    }

    @Override
    public boolean closed() {
        return closed;
    }

    private static JsonNode parse(Frame frame) {
        try {
            JsonNode event = Json.LENIENT_DEPTH.read(frame.data());
            if (event.isObject()) {
                return event;
            }
        } catch (JacksonException ex) {
            throw new DecodeException("an event that is not JSON (expected: an object)");
        }
        throw new DecodeException("an event that is not an object (expected: an object)");
    }

    private void begin(JsonNode message, Consumer<Delta> deltas) {
        usage.merge(message.path("usage"));
        if (!begun) {
            begun = true;
            deltas.accept(new Delta.Begin(Json.string(message, "id"), Json.string(message, "model")));
        }
        tellUsage(deltas);
    }

    private void messageDelta(JsonNode event, Consumer<Delta> deltas) {
        JsonNode delta = event.path("delta");
        if (delta.path("stop_reason").isString()) {
            stopReason = Json.string(delta, "stop_reason");
            stopSequence = Json.string(delta, "stop_sequence");
            explanation = Json.string(delta.path("stop_details"), "explanation");
        }
        usage.merge(event.path("usage"));
        tellUsage(deltas);
    }

    private void tellUsage(Consumer<Delta> deltas) {
        Usage sofar = usage.usage();
        if (sofar != null) {
            deltas.accept(new Delta.Tokens(sofar));
        }
    }

    private void end(Consumer<Delta> deltas) {
        closed = true;
        blocks.stopAll(deltas);
        if (stopReason.isEmpty()) {
            return;
        }
        FinishReason finish = StopReasons.of(stopReason, blocks.calls(), blocks.jsonAnswers());
        if (finish == FinishReason.CONTENT_FILTER && !blocks.hasText() && !explanation.isEmpty()) {
            deltas.accept(new Delta.Refusal(0, explanation));
        }
        deltas.accept(new Delta.Finish(0, finish, stopSequence.isEmpty() ? null : stopSequence));
    }
}
