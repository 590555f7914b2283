package dev.penstock.journal.segment;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The eight bytes before a payload: its length, whose highest bit marks the first frame of a batch, and the CRC32C of that
 * number and the payload.
 */
public final class Frame {

    public static final int HEADER = 8;
    private static final int FIRST = 1 << 31;

    private Frame() {}

    /** Writes the header of the payload that begins {@link #HEADER} bytes after {@code at}. */
    public static void seal(byte[] bytes, int at, int length, boolean firstOfBatch) {
        int head = firstOfBatch ? length | FIRST : length;
        ByteBuffer.wrap(bytes).putInt(at, head).putInt(at + 4, crc(head, bytes, at + HEADER, length));
    }

    static int length(int head) {
        return head & ~FIRST;
    }

    static boolean firstOfBatch(int head) {
        return head < 0;
    }

    static int crc(int head, byte[] bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(head >>> 24);
        crc.update(head >>> 16);
        crc.update(head >>> 8);
        crc.update(head);
        crc.update(bytes, at, length);
        return (int) crc.getValue();
    }
}
