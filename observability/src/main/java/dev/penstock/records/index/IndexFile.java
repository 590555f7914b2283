package dev.penstock.records.index;

import dev.penstock.journal.DataDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The columns of a segment to which nothing is added any more, on disk: a head of five numbers, then column after column.
 *
 * @param rows how many records
 * @param earliest milliseconds
 * @param latest milliseconds
 */
record IndexFile(Path file, long first, int rows, long earliest, long latest) {

    private static final long FORM = 0x70656e73746f6b31L;
    private static final int HEAD = 5 * Long.BYTES;

    /** Not forced before it has its name: what is torn has no head that fits, and is made again. */
    static IndexFile write(Path file, Rows rows) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + Column.values().length * rows.size() * Long.BYTES);
        bytes.putLong(FORM).putLong(rows.first()).putLong(rows.size());
        bytes.putLong(rows.earliest()).putLong(rows.latest());
        for (Column column : Column.values()) {
            bytes.asLongBuffer().put(rows.values(column), 0, rows.size());
            bytes.position(bytes.position() + rows.size() * Long.BYTES);
        }
        DataDirectory.replace(file, bytes.array());
        return new IndexFile(file, rows.first(), rows.size(), rows.earliest(), rows.latest());
    }

    /** Empty when it is none, is torn, or was written in another form. */
    static Optional<IndexFile> open(Path file, long first) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(HEAD);
            fill(channel, head, 0);
            head.flip();
            if (head.remaining() < HEAD || head.getLong() != FORM || head.getLong() != first) {
                return Optional.empty();
            }
            int rows = (int) head.getLong();
            boolean whole = channel.size() == HEAD + (long) Column.values().length * rows * Long.BYTES;
            return whole
                    ? Optional.of(new IndexFile(file, first, rows, head.getLong(), head.getLong()))
                    : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Reads one. */
    long[] values(Column column) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(rows * Long.BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            fill(channel, bytes, HEAD + (long) column.ordinal() * rows * Long.BYTES);
        }
        bytes.flip();
        long[] values = new long[rows];
        bytes.asLongBuffer().get(values, 0, Math.min(rows, bytes.remaining() / Long.BYTES));
        return values;
    }

    private static void fill(FileChannel channel, ByteBuffer into, long at) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, at + into.position()) < 0) {
                return;
            }
        }
    }
}
