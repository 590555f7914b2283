package dev.penstock.journal.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What the writer asks of the file system. Tests put faults here. */
public interface Disk {

    /** For reading and writing, made when missing, for the owner alone. */
    DiskFile open(Path file) throws IOException;

    /** Atomic; replaces what is there. */
    void move(Path from, Path to) throws IOException;

    /** Makes names durable. */
    void forceDirectory(Path directory) throws IOException;

    /** Bytes that this process may still write. */
    long usable(Path directory) throws IOException;

    /** Of the whole disk. */
    long total(Path directory) throws IOException;

    /** An open file. */
    interface DiskFile extends Closeable {

        /** All of it, or an exception; then any part may have been written. */
        void write(ByteBuffer bytes, long at) throws IOException;

        /** The content, and the size if it changed. */
        void force() throws IOException;

        long size() throws IOException;
    }
}
