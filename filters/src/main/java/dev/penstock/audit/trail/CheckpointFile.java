package dev.penstock.audit.trail;

import dev.penstock.journal.checkpoint.Note;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The file {@code checkpoints} of a data directory: signed notes, oldest first. One writer. */
public final class CheckpointFile {

    private static final String NAME = "checkpoints";
    private static final int TAIL = 8 << 10;

    private final Path file;

    public CheckpointFile(Path data) {
        this.file = data.resolve(NAME);
    }

    /** Not forced: the next one says all that this one does. */
    void add(Note note) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(("\n" + note.form()).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** All that are whole; reads the disk. */
    public List<Note> all() {
        try {
            return Note.all(Files.readString(file));
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The newest; reads the file's end. */
    Optional<Note> last() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer tail = ByteBuffer.allocate(TAIL);
            channel.read(tail, Math.max(0, channel.size() - TAIL));
            List<Note> notes = Note.all(new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8));
            return notes.isEmpty() ? Optional.empty() : Optional.of(notes.get(notes.size() - 1));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
