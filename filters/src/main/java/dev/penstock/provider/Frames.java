package dev.penstock.provider;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts a byte stream into events, wherever the bytes were cut before. One instance a stream, not thread-safe.
 *
 * <p>An event that the stream's end leaves unfinished is dropped, as the SSE standard says.
 */
public interface Frames {

    /**
     * Consumes all of {@code bytes} and hands on each event completed by them.
     *
     * @throws DecodeException when the bytes cannot be this framing, or an event is larger than 32 MB
     */
    void feed(ByteBuffer bytes, Consumer<Frame> events);
}
