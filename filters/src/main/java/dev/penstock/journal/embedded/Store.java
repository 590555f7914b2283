package dev.penstock.journal.embedded;

import dev.penstock.journal.segment.Disk;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.segment.Segments;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The segment that is written, and the one that stands ready. The writer's thread only, but for what is said otherwise. */
final class Store implements Closeable {

    private static final int PROBE = 512;

    private final Segments segments;
    private final Disk disk;
    private final Spare spare;
    private final int segmentBytes;
    private final LongSupplier nanos;
    private final FsyncTimes fsync = new FsyncTimes();
    private Disk.@Nullable DiskFile file;
    private long capacity;
    private volatile Place end;

    /** Where a failed write may have got to; before {@code end} when none has failed. */
    private long torn = -1;

    /** A force has failed: nothing more is written here. */
    private boolean lost;

    /**
     * Opens the segment in which the journal ends; what is torn behind the end is cut off. Where there is none, one is laid out
     * beside the rest and taken with the first record: until then nothing is left here.
     */
    Store(Segments segments, Disk disk, Spare spare, int segmentBytes, Recovered recovered, LongSupplier nanos)
            throws IOException {
        this.segments = segments;
        this.disk = disk;
        this.spare = spare;
        this.segmentBytes = segmentBytes;
        this.nanos = nanos;
        this.end = recovered.end();
        if (recovered.fresh()) {
            capacity = end.offset();
            spare.prepareFirst();
        } else {
            spare.prepare();
            this.file = disk.open(segments.file(end.segment()));
            resume(recovered.torn());
        }
    }

    /** What is read back is forced: the records of a process that was killed may still be in memory only. */
    private void resume(long bytes) throws IOException {
        long size = file.size();
        capacity = Math.max(size, segmentBytes);
        Spare.zeros(file, end.offset(), end.offset() + bytes);
        if (size < capacity) {
            Spare.zeros(file, Math.max(size, end.offset()), capacity);
        }
        file.force();
    }

    /** Where the next record will be; any thread. */
    Place end() {
        return end;
    }

    /** Any thread. */
    FsyncTimes fsync() {
        return fsync;
    }

    /** Bytes that this segment still takes. */
    long left() {
        return writable() ? capacity - end.offset() : 0;
    }

    /** Bytes on disk in which records of at most {@code largest} bytes fit, whatever is left unused before the next segment. */
    long room(int largest) {
        return left() + (spare.ready() ? segmentBytes - largest : 0);
    }

    boolean writable() {
        return torn < 0 && !lost;
    }

    boolean spareReady() {
        return spare.ready();
    }

    void awaitSpare() throws IOException {
        spare.prepare();
        spare.await();
    }

    /** Makes the bytes durable, or throws and has made none. */
    void write(byte[] bytes, int length) throws IOException {
        torn = end.offset() + length;
        file.write(ByteBuffer.wrap(bytes, 0, length), end.offset());
        lost = true;
        force();
        lost = false;
        torn = -1;
        end = new Place(end.segment(), end.offset() + length);
    }

    private void force() throws IOException {
        long began = nanos.getAsLong();
        file.force();
        fsync.add(nanos.getAsLong() - began);
    }

    /** Goes on in the next segment, whose first record has this number. */
    void roll(long first) throws IOException {
        Disk.DiskFile before = file;
        spare.prepare();
        begin(first);
        if (before != null) {
            before.close();
        }
    }

    /** Until its name is durable the new segment is as good as lost. */
    private void begin(long first) throws IOException {
        file = spare.take(segments.file(first));
        capacity = segmentBytes;
        end = new Place(first, 0);
        torn = -1;
        spare.prepare();
        lost = true;
        disk.forceDirectory(segments.directory());
        lost = false;
    }

    /**
     * Tries to write again after a failure; true when all is well. The torn end is cut back with zeros, which also shows whether
     * the disk writes; a segment that is lost is left.
     */
    boolean heal(long nextSeq) throws IOException {
        if (!spare.ready()) {
            spare.prepare();
        } else if (lost) {
            roll(nextSeq);
        }
        if (file != null && !lost) {
            Spare.zeros(file, end.offset(), Math.min(capacity, Math.max(torn, end.offset() + PROBE)));
            lost = true;
            force();
            lost = false;
            torn = -1;
        }
        return !lost && spare.ready();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
        spare.close();
    }
}
