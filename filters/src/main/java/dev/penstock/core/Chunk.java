package dev.penstock.core;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One event of a streamed answer, in the caller's dialect. The bytes travel; the tree is made only if a step asks. */
public final class Chunk {

    /** What the event is to the steps that watch it. */
    public enum Mark {
        /** Role, ping, or an event without content. */
        PREAMBLE,
        /** Text, reasoning or a tool call. */
        SEMANTIC,
        /** Carries a finish reason. */
        FINISH,
        /** Carries nothing but usage. */
        USAGE_ONLY
    }

    private final String event;
    private final byte[] data;
    private final Mark mark;
    private @Nullable JsonNode tree;

    /** {@code event} is the SSE event name, empty for none; {@code data} is one JSON document without line breaks. */
    public Chunk(String event, byte[] data, Mark mark) {
        this.event = event;
        this.data = data;
        this.mark = mark;
    }

    public static Chunk of(String event, JsonNode tree, Mark mark) {
        Chunk chunk = new Chunk(event, Json.LENIENT_DEPTH.write(tree), mark);
        chunk.tree = tree;
        return chunk;
    }

    public String event() {
        return event;
    }

    /** Not copied; do not change. */
    public byte[] data() {
        return data;
    }

    public Mark mark() {
        return mark;
    }

    public JsonNode tree() {
        if (tree == null) {
            tree = Json.LENIENT_DEPTH.read(data);
        }
        return tree;
    }
}
