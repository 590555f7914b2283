package dev.penstock.provider.anthropic;

import dev.penstock.core.Delta;
import dev.penstock.core.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The content blocks of one stream that have begun and not ended, by Anthropic's index. Calls are counted from 0. */
final class OpenBlocks {

    private final Map<Long, OpenBlock> open = new LinkedHashMap<>();
    private int calls;
    private int jsonAnswers;
    private boolean text;

    /** How many calls the caller was given. */
    int calls() {
        return calls;
    }

    /** How many calls were turned back into text. */
    int jsonAnswers() {
        return jsonAnswers;
    }

    boolean hasText() {
        return text;
    }

    void start(JsonNode event, Consumer<Delta> deltas) {
        long index = Json.integer(event, "index");
        close(index, deltas);
        OpenBlock block = block(event.path("content_block"));
        open.put(index, block);
        block.begin(watched(deltas));
    }

    void delta(JsonNode event, Consumer<Delta> deltas) {
        JsonNode delta = event.path("delta");
        long index = Json.integer(event, "index");
        OpenBlock block = open.computeIfAbsent(index, unseen -> unannounced(Json.string(delta, "type")));
        block.delta(delta, watched(deltas));
    }

    void stop(JsonNode event, Consumer<Delta> deltas) {
        close(Json.integer(event, "index"), deltas);
    }

    void stopAll(Consumer<Delta> deltas) {
        open.values().forEach(block -> block.end(watched(deltas)));
        open.clear();
    }

    private void close(long index, Consumer<Delta> deltas) {
        OpenBlock block = open.remove(index);
        if (block != null) {
            block.end(watched(deltas));
        }
    }

    private OpenBlock block(JsonNode begun) {
        String name = Json.string(begun, "name");
        return switch (Json.string(begun, "type")) {
            case "text" -> jsonAnswers > 0 ? OpenBlock.NONE : new OpenBlock.Text(Json.string(begun, "text"));
            case "thinking" -> new OpenBlock.Thought(begun);
            case "redacted_thinking" -> new OpenBlock.Redacted(Json.string(begun, "data"));
            case "tool_use" -> JsonTool.is(name) ? jsonAnswer(name, begun) : new OpenBlock.Call(calls++, begun);
            default -> OpenBlock.NONE;
        };
    }

    private OpenBlock jsonAnswer(String name, JsonNode begun) {
        jsonAnswers++;
        return new OpenBlock.JsonAnswer(name, begun.path("input"));
    }

    private static OpenBlock unannounced(String delta) {
        return switch (delta) {
            case "text_delta" -> new OpenBlock.Text("");
            case "thinking_delta", "signature_delta" -> new OpenBlock.Thought(Json.object());
            default -> OpenBlock.NONE;
        };
    }

    private Consumer<Delta> watched(Consumer<Delta> deltas) {
        return delta -> {
            text |= delta instanceof Delta.Text;
            deltas.accept(delta);
        };
    }
}
