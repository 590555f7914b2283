package dev.penstock.journal.embedded;

import dev.penstock.journal.JournalException;
import dev.penstock.journal.JournalException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Keeps a directory to one journal. The system lets go of it when the process dies. */
record DirectoryLock(FileChannel channel) implements Closeable {

    static DirectoryLock take(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory.toAbsolutePath().getParent());
            try {
                Files.createDirectory(directory, only("rwx------"));
            } catch (FileAlreadyExistsException another) {
                // made by another process a moment ago; the lock tells who has it
            }
        }
        FileChannel channel = FileChannel.open(
                directory.resolve("lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                only("rw-------"));
        try {
            if (channel.tryLock() != null) {
                return new DirectoryLock(channel);
            }
        } catch (OverlappingFileLockException here) {
            // this process has it open: refused like another's
        }
        channel.close();
        throw new JournalException(Reason.LOCKED, "journal in " + directory + " is open already");
    }

    private static FileAttribute<?> only(String owner) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(owner));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
