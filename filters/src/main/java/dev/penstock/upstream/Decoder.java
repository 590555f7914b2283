package dev.penstock.upstream;

import dev.penstock.core.Chunk;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A provider's stream as bytes, to chunks of the caller's dialect. One instance a stream, not thread-safe. */
interface Decoder {

    /** Throws what its dialect throws on events that it does not allow and on error events. */
    void feed(ByteBuffer bytes, Consumer<Chunk> chunks);

    /** What is left to say when the stream ended well. */
    void end(Consumer<Chunk> chunks);

    /** Whether the dialect's own end was seen. */
    boolean complete();

    /** Whether nothing more can come. */
    boolean closed();
}
