package dev.penstock.surface;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.penstock.core.Chunk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Chunks as server-sent events; every event ends with an empty line. */
final class EventBytes {

    private static final byte[] EVENT = "event: ".getBytes(US_ASCII);
    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] MORE_DATA = "\ndata: ".getBytes(US_ASCII);
    private static final byte[] END = "\n\n".getBytes(US_ASCII);

    private EventBytes() {}

    /** How many {@link #write} writes. */
    static int length(Chunk chunk) {
        byte[] data = chunk.data();
        String name = chunk.event();
        int named = name.isEmpty() ? 0 : EVENT.length + ByteBufUtil.utf8Bytes(name) + 1;
        return named + DATA.length + data.length + breaks(data) * (MORE_DATA.length - 1) + END.length;
    }

    /** A line break inside the payload becomes a further data line, which readers join again. */
    static void write(Chunk chunk, ByteBuf out) {
        String name = chunk.event();
        if (!name.isEmpty()) {
            out.writeBytes(EVENT);
            ByteBufUtil.reserveAndWriteUtf8(out, name, ByteBufUtil.utf8Bytes(name));
            out.writeByte('\n');
        }
        out.writeBytes(DATA);
        data(chunk.data(), out);
        out.writeBytes(END);
    }

    private static void data(byte[] data, ByteBuf out) {
        int from = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '\n') {
                out.writeBytes(data, from, i - from).writeBytes(MORE_DATA);
                from = i + 1;
            }
        }
        out.writeBytes(data, from, data.length - from);
    }

    private static int breaks(byte[] data) {
        int breaks = 0;
        for (byte one : data) {
            breaks += one == '\n' ? 1 : 0;
        }
        return breaks;
    }
}
