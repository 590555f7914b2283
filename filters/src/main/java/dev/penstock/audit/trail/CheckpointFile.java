package dev.penstock.audit.trail;

import dev.penstock.journal.DataDirectory;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The file {@code checkpoints} of a data directory: signed notes, oldest first. Thread-safe. */
public final class CheckpointFile {

    private static final String NAME = "checkpoints";

    private final Path file;
    private volatile @Nullable Note last;

    public CheckpointFile(Path data) {
        this.file = data.resolve(NAME);
    }

    /** Not forced: the next one says all that this one does. */
    synchronized void add(Note note) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(("\n" + note.form()).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        last = note;
    }

    /** The last one of this process. */
    Optional<Note> last() {
        return Optional.ofNullable(last);
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

    /** Drops those that are not to be kept. */
    synchronized void retain(Predicate<Note> kept) throws IOException {
        StringBuilder text = new StringBuilder();
        all().stream().filter(kept).forEach(note -> text.append('\n').append(note.form()));
        DataDirectory.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
