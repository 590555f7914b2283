package dev.penstock.audit.trail;

import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.Notes;
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

    /** How a signature's line begins, byte by byte. */
    private static final String SIGNATURE =
            new String(("\n" + Note.SIGNATURE).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

    private final Path file;
    private volatile @Nullable Note last;

    /** Whether the file is known to end with a whole note: another would be read as a part of a torn one before it. */
    private boolean whole;

    public CheckpointFile(Path data) {
        this.file = data.resolve(NAME);
    }

    /** Not forced: the next one says all that this one does. */
    synchronized void add(Note note) throws IOException {
        boolean known = whole;
        whole = false;
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            if (!known) {
                channel.truncate(whole(Files.readAllBytes(file)));
            }
            ByteBuffer bytes = ByteBuffer.wrap(("\n" + note.form()).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        whole = true;
        last = note;
    }

    /** The last one of this process. */
    Optional<Note> last() {
        return Optional.ofNullable(last);
    }

    /** All that are whole; reads the disk. Of one that is torn nothing is told: whoever writes here may take any away. */
    public List<Note> all() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return Notes.of(new String(bytes, 0, whole(bytes), StandardCharsets.UTF_8))
                    .whole();
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

    /** How many bytes of it are whole notes: a full disk or a loss of power leaves a part of one behind them. */
    private static int whole(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int last = text.lastIndexOf(SIGNATURE, text.lastIndexOf('\n') - 1);
        return last < 0 ? 0 : text.indexOf('\n', last + 1) + 1;
    }
}
