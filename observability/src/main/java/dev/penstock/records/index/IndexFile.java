package dev.penstock.records.index;

import dev.penstock.journal.DataDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The columns of a segment to which nothing is added any more, on disk: a head of six numbers, then column after column, then
 * the texts.
 *
 * @param rows how many records
 * @param earliest milliseconds
 * @param latest milliseconds
 * @param said how many numbers the texts are
 */
record IndexFile(Path file, long first, int rows, long earliest, long latest, int said) implements Values {

    /** Another number whenever columns or hashes are others. */
    private static final long FORM = 0x70656e73746f6b33L;

    private static final int HEAD = 6 * Long.BYTES;

    /** Not forced before it has its name: what is torn has no head that fits, and is made again. */
    static IndexFile write(Path file, Rows rows) throws IOException {
        long[] texts = rows.texts();
        int numbers = Column.values().length * rows.size() + texts.length;
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + numbers * Long.BYTES);
        bytes.putLong(FORM).putLong(rows.first()).putLong(rows.size());
        bytes.putLong(rows.earliest()).putLong(rows.latest()).putLong(texts.length);
        for (Column column : Column.values()) {
            bytes.asLongBuffer().put(rows.of(column), 0, rows.size());
            bytes.position(bytes.position() + rows.size() * Long.BYTES);
        }
        bytes.asLongBuffer().put(texts);
        DataDirectory.replace(file, bytes.array());
        return new IndexFile(file, rows.first(), rows.size(), rows.earliest(), rows.latest(), texts.length);
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
            IndexFile known = new IndexFile(file, first, rows, head.getLong(), head.getLong(), (int) head.getLong());
            boolean whole = channel.size() == known.place(Column.values().length) + (long) known.said * Long.BYTES;
            return whole ? Optional.of(known) : Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private long place(int column) {
        return HEAD + (long) column * rows * Long.BYTES;
    }

    /** Reads one. */
    @Override
    public long[] of(Column column) throws IOException {
        return read(place(column.ordinal()), rows);
    }

    @Override
    public long[] texts() throws IOException {
        return read(place(Column.values().length), said);
    }

    private long[] read(long at, int numbers) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(numbers * Long.BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            fill(channel, bytes, at);
        }
        bytes.flip();
        long[] values = new long[numbers];
        bytes.asLongBuffer().get(values, 0, Math.min(numbers, bytes.remaining() / Long.BYTES));
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
