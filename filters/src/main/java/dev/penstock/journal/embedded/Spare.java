package dev.penstock.journal.embedded;

import dev.penstock.journal.segment.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * The next segment, made before it is needed: zeros, written and forced, so that what is written over them later can neither
 * lack space nor change the file's size. One thread asks; the zeros are written on another.
 */
final class Spare {

    private static final int SLICE = 1 << 20;

    /** Direct, or each write of it would copy it once more. */
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(SLICE);

    private final Path file;
    private final Disk disk;
    private final int bytes;
    private final Executor elsewhere;
    private CompletableFuture<Disk.DiskFile> made = CompletableFuture.failedFuture(new IOException("not begun"));

    Spare(Path directory, Disk disk, int bytes, Executor elsewhere) {
        this.file = directory.resolve("next.segment");
        this.disk = disk;
        this.bytes = bytes;
        this.elsewhere = elsewhere;
    }

    /** Begins to make one, unless that has begun or is done. */
    void prepare() {
        prepare(SLICE);
    }

    /** Begins to make the first: no record is written beside it whose force would have to wait, so it is forced once. */
    void prepareFirst() {
        prepare(bytes);
    }

    private void prepare(int slice) {
        if (made.isCompletedExceptionally()) {
            made = CompletableFuture.supplyAsync(() -> make(slice), elsewhere);
        }
    }

    boolean ready() {
        return made.isDone() && !made.isCompletedExceptionally();
    }

    /** Waits until it is made. */
    void await() throws IOException {
        try {
            made.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof UncheckedIOException io ? io.getCause() : new IOException(failure);
        }
    }

    /** Gives it its name, which is not yet durable, and away; it replaces a file of that name. Makes no new one. */
    Disk.DiskFile take(Path name) throws IOException {
        await();
        disk.move(file, name);
        Disk.DiskFile taken = made.join();
        made = CompletableFuture.failedFuture(new IOException("not begun"));
        return taken;
    }

    /** Forced slice by slice, so that a record's force in between waits for one slice and not for all. */
    private Disk.DiskFile make(int slice) {
        try {
            Files.deleteIfExists(file);
            Disk.DiskFile opened = disk.open(file);
            try {
                for (long at = 0; at < bytes; at += slice) {
                    zeros(opened, at, Math.min(bytes, at + slice));
                    opened.force();
                }
                return opened;
            } catch (IOException failure) {
                opened.close();
                Files.deleteIfExists(file);
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes zeros, unforced. */
    static void zeros(Disk.DiskFile file, long from, long to) throws IOException {
        ByteBuffer zeros = ZEROS.duplicate();
        for (long at = from; at < to; at += zeros.capacity()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
            file.write(zeros, at);
        }
    }

    void close() throws IOException {
        if (ready()) {
            made.join().close();
            Files.deleteIfExists(file);
        }
    }
}
