package dev.penstock.exchange;

import dev.penstock.core.Asked;
import dev.penstock.core.ChatAnswer;
import dev.penstock.core.Chunk;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An API that callers speak: how answers, streams and errors look to them. Stateless. */
public interface Surface extends ErrorShape {

    /** Its label in telemetry, such as {@code chat}. */
    String name();

    /** A whole answer of another dialect, in this surface's words; {@code id} is the gateway's own. */
    ObjectNode whole(ChatAnswer answer, String id);

    /** A writer for one stream of another dialect. */
    DeltaWriter writer(String id);

    /** Whether the caller asked for the usage of a stream. */
    boolean wantsUsage(Asked asked);

    /** Whether the caller is to see this chunk; usage that was not asked for is not shown. */
    boolean shows(Chunk chunk, Asked asked);

    /** The chunk that ends a stream when the caller asked for {@code x-penstock-usage}; {@code last} is the one before it. */
    Optional<Chunk> report(ObjectNode report, Chunk last);

    /** The end marker's payload of a stream that ended well, such as {@code [DONE]}; empty where its last event is one. */
    String endMarker();

    /** The SSE event name that a failure in mid stream is told under; empty for none. */
    String errorEvent();

    /** Where the texts of its requests and answers are. */
    Texts texts();
}
