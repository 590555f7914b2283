package dev.penstock.surface;

import dev.penstock.core.Chunk;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Chunks as server-sent events; every event ends with an empty line. Plain arrays: operators may hold and drop them, which pooled
 * buffers would not survive.
 */
final class EventBytes {

    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] MORE_DATA = ascii("\ndata: ");
    private static final byte[] END = ascii("\n\n");
    private static final byte[] HEARTBEAT = ascii(": heartbeat\n\n");

    byte[] of(Chunk chunk) {
        return of(chunk.event(), chunk.data());
    }

    byte[] of(String event, byte[] data) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(data.length + event.length() + 24);
        if (!event.isEmpty()) {
            bytes.writeBytes(EVENT);
            bytes.writeBytes(ascii(event));
            bytes.write('\n');
        }
        bytes.writeBytes(DATA);
        write(data, bytes);
        bytes.writeBytes(END);
        return bytes.toByteArray();
    }

    byte[] heartbeat() {
        return HEARTBEAT;
    }

    /** A line break inside the payload becomes a further data line, which readers join again. */
    private static void write(byte[] data, ByteArrayOutputStream bytes) {
        int from = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '\n') {
                bytes.write(data, from, i - from);
                bytes.writeBytes(MORE_DATA);
                from = i + 1;
            }
        }
        bytes.write(data, from, data.length - from);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
