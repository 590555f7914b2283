package dev.penstock.testing;

import dev.penstock.journal.segment.Disk;
import dev.penstock.journal.segment.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A real disk that fails when told to. Forces nothing, since no power fails in a test. */
public final class FaultyDisk implements Disk {

    private final Disk real = new RealDisk();
    private volatile long usable = Long.MAX_VALUE;
    private volatile Failing writes = () -> {};
    private volatile Failing forces = () -> {};
    private volatile Failing moves = () -> {};
    private volatile Failing opens = () -> {};
    private volatile boolean half;
    public final AtomicInteger forced = new AtomicInteger();

    /** Every operation of a sort fails, or waits, with what this does. */
    public interface Failing {
        void run() throws IOException;
    }

    public static Failing with(String message) {
        return () -> {
            throw new IOException(message);
        };
    }

    public void usable(long bytes) {
        usable = bytes;
    }

    /** A failing write writes half before it fails. */
    public void writes(Failing failing) {
        half = true;
        writes = failing;
    }

    public void forces(Failing failing) {
        forces = failing;
    }

    public void moves(Failing failing) {
        moves = failing;
    }

    public void opens(Failing failing) {
        opens = failing;
    }

    public void works() {
        writes = () -> {};
        forces = () -> {};
        moves = () -> {};
        opens = () -> {};
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        opens.run();
        return new FaultyFile(real.open(file));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        moves.run();
        real.move(from, to);
    }

    @Override
    public void forceDirectory(Path directory) {}

    @Override
    public long usable(Path directory) {
        return usable;
    }

    @Override
    public long total(Path directory) {
        return Long.MAX_VALUE;
    }

    private final class FaultyFile implements DiskFile {

        private final DiskFile file;

        private FaultyFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            try {
                writes.run();
            } catch (IOException failure) {
                if (half) {
                    file.write(bytes.slice(bytes.position(), bytes.remaining() / 2), at);
                }
                throw failure;
            }
            file.write(bytes, at);
        }

        @Override
        public void force() throws IOException {
            forces.run();
            forced.incrementAndGet();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
