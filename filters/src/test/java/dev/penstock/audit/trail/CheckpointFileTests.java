package dev.penstock.audit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.SigningKey;
import dev.penstock.journal.tree.MerkleTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A note that was written in part spoils none before it and none behind it. */
class CheckpointFileTests {

    @TempDir
    private Path data;

    private final SigningKey key = SigningKey.of("penstock/a1", SigningKey.draw());
    private final Map<Long, Note> notes = new HashMap<>();

    @Test
    void whereverALossOfPowerTearsANoteTheNextOneIsWhole() throws IOException {
        byte[] torn = ("\n" + note(2).form()).getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < torn.length; length++) {
            Files.deleteIfExists(file());
            new CheckpointFile(data).add(note(1));
            tear(torn, length);
            CheckpointFile started = new CheckpointFile(data);
            assertThat(started.all()).as("torn at %d", length).containsExactly(note(1));
            started.add(note(3));
            started.add(note(4));
            assertThat(started.all()).as("torn at %d", length).containsExactly(note(1), note(3), note(4));
        }
    }

    /** Gateways before this one wrote behind a torn note without cutting it. */
    @Test
    void whereverANoteIsTornInTheMiddleOfAnOldFileTheOthersAreThere() throws IOException {
        byte[] torn = ("\n" + note(2).form()).getBytes(StandardCharsets.UTF_8);
        byte[] behind = ("\n" + note(3).form()).getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < torn.length - 2; length++) {
            Files.deleteIfExists(file());
            new CheckpointFile(data).add(note(1));
            tear(torn, length);
            tear(behind, behind.length);
            CheckpointFile started = new CheckpointFile(data);
            started.add(note(4));
            assertThat(started.all()).as("torn at %d", length).containsExactly(note(1), note(3), note(4));
        }
    }

    @Test
    void aTornFirstNoteGoesAltogether() throws IOException {
        tear(note(1).form().getBytes(StandardCharsets.UTF_8), 20);
        CheckpointFile started = new CheckpointFile(data);
        started.add(note(2));
        assertThat(started.all()).containsExactly(note(2));
    }

    @Test
    void whatAFailedWriteLeavesIsCutBeforeTheNextOne() throws IOException {
        CheckpointFile file = new CheckpointFile(data);
        file.add(note(1));
        Path aside = Files.move(file(), data.resolve("aside"));
        Files.createDirectory(file());
        assertThatThrownBy(() -> file.add(note(2))).isInstanceOf(IOException.class);
        Files.delete(file());
        Files.move(aside, file());
        tear(("\n" + note(2).form()).getBytes(StandardCharsets.UTF_8), 90);
        file.add(note(3));
        assertThat(file.all()).containsExactly(note(1), note(3));
    }

    private void tear(byte[] form, int length) throws IOException {
        byte[] before = Files.exists(file()) ? Files.readAllBytes(file()) : new byte[0];
        byte[] with = Arrays.copyOf(before, before.length + length);
        System.arraycopy(form, 0, with, before.length, length);
        Files.write(file(), with);
    }

    private Path file() {
        return data.resolve("checkpoints");
    }

    private Note note(long size) {
        return notes.computeIfAbsent(
                size, it -> key.sign(Checkpoint.of("a1", MerkleTree.EMPTY.upTo(it), Instant.EPOCH)));
    }
}
