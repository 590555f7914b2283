package dev.penstock.exchange;

import dev.penstock.core.Chunk;
import dev.penstock.core.Delta;
import java.util.function.Consumer;

/** Writes a stream's deltas as chunks of one surface. One instance a stream, not thread-safe. */
public interface DeltaWriter {

    void write(Delta delta, Consumer<Chunk> chunks);

    /** Called once after the last delta of a stream that ended well: what a surface holds back until the end. */
    void end(Consumer<Chunk> chunks);
}
