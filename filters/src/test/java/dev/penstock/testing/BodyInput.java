package dev.penstock.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body inside a connection's bytes: ends where the body ends, and fails when the connection ends first. */
final class BodyInput extends InputStream {

    private static final long UNTIL_CLOSE = Long.MAX_VALUE;

    private enum Framing {
        PLAIN,
        CHUNKED
    }

    private final InputStream in;
    private final Framing framing;
    private long left;
    private boolean begun;

    private BodyInput(InputStream in, Framing framing, long left) {
        this.in = in;
        this.framing = framing;
        this.left = left;
    }

    static BodyInput chunked(InputStream in) {
        return new BodyInput(in, Framing.CHUNKED, 0);
    }

    static BodyInput fixed(InputStream in, long length) {
        return new BodyInput(in, Framing.PLAIN, length);
    }

    static BodyInput untilClose(InputStream in) {
        return fixed(in, UNTIL_CLOSE);
    }

    @Override
    public int read() throws IOException {
        if (left == 0 && framing == Framing.CHUNKED) {
            nextChunk();
        }
        if (left <= 0) {
            return -1;
        }
        int next = in.read();
        if (next >= 0) {
            left--;
            return next;
        }
        if (framing == Framing.PLAIN && left > Integer.MAX_VALUE) {
            return -1;
        }
        throw new EOFException("connection ended inside the body");
    }

    /** At least one byte, and no more than are there, so that events are read as they come. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int first = length == 0 ? -1 : read();
        if (first < 0) {
            return length == 0 ? 0 : -1;
        }
        target[offset] = (byte) first;
        return 1;
    }

    private void nextChunk() throws IOException {
        if (begun) {
            Wire.line(in);
        }
        begun = true;
        String size = Wire.line(in).split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new IOException("'chunk size' is not a number");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            Wire.headers(in);
            left = -1;
        }
    }
}
