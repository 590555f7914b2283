package dev.penstock.core;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes that come in pieces; those of one piece, as most are, are copied once. */
final class Pieces extends OutputStream {

    private byte[] all = {};

    byte[] all() {
        return all;
    }

    @Override
    public void write(byte[] piece, int from, int length) {
        int end = all.length;
        all = end == 0 ? Arrays.copyOfRange(piece, from, from + length) : Arrays.copyOf(all, end + length);
        if (end > 0) {
            System.arraycopy(piece, from, all, end, length);
        }
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }
}
