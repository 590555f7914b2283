package dev.penstock.surface;

import dev.penstock.core.Chunk;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;

/** Chunks as server-sent events; every event ends with an empty line. */
final class EventBytes {

    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] MORE_DATA = ascii("\ndata: ");
    private static final byte[] END = ascii("\n\n");
    private static final byte[] HEARTBEAT = ascii(": heartbeat\n\n");

    private final DataBufferFactory buffers;

    EventBytes(DataBufferFactory buffers) {
        this.buffers = buffers;
    }

    DataBuffer of(Chunk chunk) {
        return of(chunk.event(), chunk.data());
    }

    DataBuffer of(String event, byte[] data) {
        DataBuffer buffer = buffers.allocateBuffer(data.length + event.length() + 24);
        if (!event.isEmpty()) {
            buffer.write(EVENT).write(ascii(event)).write((byte) '\n');
        }
        buffer.write(DATA);
        write(data, buffer);
        return buffer.write(END);
    }

    DataBuffer heartbeat() {
        return buffers.allocateBuffer(HEARTBEAT.length).write(HEARTBEAT);
    }

    /** A line break inside the payload becomes a further data line, which readers join again. */
    private static void write(byte[] data, DataBuffer buffer) {
        int from = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '\n') {
                buffer.write(data, from, i - from).write(MORE_DATA);
                from = i + 1;
            }
        }
        buffer.write(data, from, data.length - from);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
