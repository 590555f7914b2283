package dev.penstock.journal.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/** One segment, read through a window. Not thread-safe. */
final class SegmentFile implements Closeable {

    private static final int WINDOW = 256 << 10;
    private static final byte[] ZEROS = new byte[4 << 10];

    private final FileChannel channel;
    private byte[] window = new byte[WINDOW];
    private long windowAt;
    private int windowLength;
    private long size;

    SegmentFile(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Where reading ends: at the limit, or with the file. It only grows, so it is asked when the limit is beyond. */
    long end(long limit) throws IOException {
        if (limit > size) {
            size = channel.size();
        }
        return Math.min(limit, size);
    }

    /** The frame that begins there and ends before {@code limit}; empty when what is there is none. */
    Optional<Raw> frame(long at, long limit) throws IOException {
        Optional<Raw> seen = look(at, limit);
        if (seen.isEmpty() && windowLength > 0) {
            windowLength = 0;
            return look(at, limit);
        }
        return seen;
    }

    private Optional<Raw> look(long at, long limit) throws IOException {
        if (limit - at < Frame.HEADER || !load(at, Frame.HEADER, limit)) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(window, (int) (at - windowAt), Frame.HEADER);
        int head = header.getInt();
        int crc = header.getInt();
        int length = Frame.length(head);
        if (length == 0 || length > limit - at - Frame.HEADER || !load(at, Frame.HEADER + length, limit)) {
            return Optional.empty();
        }
        int from = (int) (at - windowAt) + Frame.HEADER;
        if (Frame.crc(head, window, from, length) != crc) {
            return Optional.empty();
        }
        return Optional.of(new Raw(Arrays.copyOfRange(window, from, from + length), Frame.firstOfBatch(head)));
    }

    /** The first byte from which on there are only zeros. */
    long zerosFrom(long from, long limit) throws IOException {
        long zeros = from;
        for (long at = from; at < limit && load(at, 1, limit); at = windowAt + windowLength) {
            int last = lastOther((int) (at - windowAt));
            if (last >= 0) {
                zeros = windowAt + last + 1;
            }
        }
        return zeros;
    }

    /** Where the window's last byte is that is not zero; -1 when there is none. Whole pages first: a start reads a segment of zeros. */
    private int lastOther(int from) {
        int to = windowLength;
        while (to - from >= ZEROS.length && Arrays.equals(window, to - ZEROS.length, to, ZEROS, 0, ZEROS.length)) {
            to -= ZEROS.length;
        }
        while (to > from && window[to - 1] == 0) {
            to--;
        }
        return to > from ? to - 1 : -1;
    }

    /** Looks for good frames after one that is not. */
    Rest rest(long from, long limit) throws IOException {
        long first = -1;
        boolean batch = false;
        long at = find(from + 1, limit);
        while (at >= 0) {
            Optional<Raw> frame =
                    frame(at, limit).filter(raw -> Links.of(raw.payload()).isPresent());
            if (frame.isPresent() && first < 0) {
                first = at;
            }
            batch |= frame.isPresent() && frame.get().firstOfBatch();
            at = find(frame.isPresent() ? at + Frame.HEADER + frame.get().payload().length : at + 1, limit);
        }
        return new Rest(first, batch);
    }

    /** The next place that looks like a frame of a journal's record; -1 when there is none. */
    private long find(long from, long limit) throws IOException {
        int needed = Frame.HEADER + Links.BEGIN.length;
        long at = from;
        while (limit - at >= needed && load(at, needed, limit)) {
            int last = windowLength - Links.BEGIN.length;
            for (int i = (int) (at - windowAt) + Frame.HEADER; i <= last; i++) {
                if (window[i] == '{'
                        && Arrays.equals(window, i, i + Links.BEGIN.length, Links.BEGIN, 0, Links.BEGIN.length)) {
                    return windowAt + i - Frame.HEADER;
                }
            }
            at = windowAt + last + 1 - Frame.HEADER;
        }
        return -1;
    }

    /** Makes the window hold {@code length} bytes from there on; false when the file ends before. */
    private boolean load(long at, int length, long limit) throws IOException {
        if (at >= windowAt && at + length <= windowAt + windowLength) {
            return true;
        }
        if (length > window.length) {
            window = new byte[length];
        }
        ByteBuffer into = ByteBuffer.wrap(window, 0, (int) Math.min(window.length, limit - at));
        windowAt = at;
        windowLength = 0;
        while (into.hasRemaining()) {
            int read = channel.read(into, at + into.position());
            if (read < 0) {
                break;
            }
        }
        windowLength = into.position();
        return windowLength >= length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A frame whose CRC is right. */
    record Raw(byte[] payload, boolean firstOfBatch) {}

    /**
     * What follows a bad frame.
     *
     * @param good where the next good frame is; -1 when there is none
     * @param batchBegins one of the good frames began a batch, so the bad one had been durable
     */
    record Rest(long good, boolean batchBegins) {}
}
