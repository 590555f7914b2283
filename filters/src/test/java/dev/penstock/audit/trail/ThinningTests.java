package dev.penstock.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.SigningKey;
import dev.penstock.journal.tree.MerkleTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link Thinning}. */
class ThinningTests {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path data;

    private final SigningKey key = SigningKey.of("penstock/a1", SigningKey.draw());

    @Test
    void theLastNoteOfAnIdleInstanceStaysHoweverNearTheOneBeforeIs() throws IOException {
        CheckpointFile file = holding(note(1, 0), note(2, 10));
        new Thinning(file).run(BEGIN.plus(Duration.ofDays(8)));
        assertThat(file.all()).containsExactly(note(1, 0), note(2, 10));
    }

    @Test
    void thoseBetweenGoOnceTheyAreOld() throws IOException {
        CheckpointFile file = holding(note(1, 0), note(2, 10), note(3, 20));
        new Thinning(file).run(BEGIN.plus(Duration.ofDays(6)));
        assertThat(file.all()).hasSize(3);
        new Thinning(file).run(BEGIN.plus(Duration.ofDays(8)));
        assertThat(file.all()).containsExactly(note(1, 0), note(3, 20));
        file.add(note(4, 30));
        new Thinning(file).run(BEGIN.plus(Duration.ofDays(8)));
        assertThat(file.all()).as("the one that was the last").containsExactly(note(1, 0), note(4, 30));
    }

    @Test
    void aFileThatIsNotThereYetIsLeftSo() throws IOException {
        new Thinning(new CheckpointFile(data)).run(BEGIN);
        assertThat(data).isEmptyDirectory();
    }

    private CheckpointFile holding(Note... notes) throws IOException {
        CheckpointFile file = new CheckpointFile(data);
        for (Note note : notes) {
            file.add(note);
        }
        return file;
    }

    private Note note(long size, long seconds) {
        return key.sign(Checkpoint.of("a1", MerkleTree.EMPTY.upTo(size), BEGIN.plusSeconds(seconds)));
    }
}
