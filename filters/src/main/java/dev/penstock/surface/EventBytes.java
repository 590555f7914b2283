package dev.penstock.surface;

import dev.penstock.core.Chunk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Chunks as server-sent events; every event ends with an empty line. Plain arrays: operators may hold and drop them, which pooled
 * buffers would not survive.
 */
final class EventBytes {

    private static final byte[] NONE = {};
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] MORE_DATA = ascii("\ndata: ");
    private static final byte[] END = ascii("\n\n");
    private static final byte[] HEARTBEAT = ascii(": heartbeat\n\n");

    byte[] of(Chunk chunk) {
        return of(chunk.event(), chunk.data());
    }

    byte[] of(String event, byte[] data) {
        byte[] name = event.isEmpty() ? NONE : ascii("event: " + event + "\n");
        int more = breaks(data) * (MORE_DATA.length - 1);
        ByteBuffer bytes = ByteBuffer.allocate(name.length + DATA.length + data.length + more + END.length);
        bytes.put(name).put(DATA);
        write(data, bytes);
        return bytes.put(END).array();
    }

    private static int breaks(byte[] data) {
        int breaks = 0;
        for (byte one : data) {
            breaks += one == '\n' ? 1 : 0;
        }
        return breaks;
    }

    byte[] heartbeat() {
        return HEARTBEAT;
    }

    /** A line break inside the payload becomes a further data line, which readers join again. */
    private static void write(byte[] data, ByteBuffer bytes) {
        int from = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '\n') {
                bytes.put(data, from, i - from).put(MORE_DATA);
                from = i + 1;
            }
        }
        bytes.put(data, from, data.length - from);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
