package dev.penstock.provider;

import dev.penstock.core.Delta;
import java.util.function.Consumer;

/**
 * Reads a stream's events into deltas. One instance a stream, not thread-safe.
 *
 * <p>It throws {@link DecodeException} on events that its dialect does not allow and {@link StreamFailure} on an error event;
 * events and fields that it does not know are passed over.
 */
public interface StreamReader {

    void read(Frame frame, Consumer<Delta> deltas);

    /** Whether the dialect's own end was seen: the finish reason of every choice that began, or its end marker. */
    boolean complete();

    /** Whether nothing more can come, such as after {@code [DONE]} or {@code message_stop}. */
    boolean closed();
}
