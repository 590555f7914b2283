package dev.penstock.journal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.journal.tree.MerkleTree;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Notes are those that other tools of C2SP's signed notes read and write. */
class NoteTests {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    /** The example in the documentation of Go's golang.org/x/mod/sumdb/note. */
    private static final String FOREIGN = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private static final String FOREIGN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private final SigningKey key = SigningKey.of("penstock/a1", SigningKey.draw());
    private final MerkleTree tree = MerkleTree.EMPTY.upTo(1000);

    @Test
    void aNoteOfAnotherToolIsVerified() {
        Note note = Note.all(FOREIGN).get(0);
        VerifierKey foreign = VerifierKey.parse(FOREIGN_KEY);
        assertThat(foreign.text()).isEqualTo(FOREIGN_KEY);
        assertThat(foreign.signed(note)).isTrue();
        assertThat(foreign.signed(new Note(note.text().replace("think", "thing"), note.signatures())))
                .isFalse();
        assertThat(note.form()).isEqualTo(FOREIGN);
    }

    @Test
    void whatIsSignedIsReadBackAndVerified() {
        Checkpoint checkpoint = Checkpoint.of("a1", tree, TIME);
        Note note = key.sign(checkpoint);
        assertThat(note.text().lines().limit(2)).containsExactly("penstock/a1", "1000");
        Note read = Note.all(note.form()).get(0);
        assertThat(read.checkpoint()).contains(checkpoint);
        assertThat(VerifierKey.parse(key.verifier().text()).signed(read)).isTrue();
        assertThat(checkpoint.matches(tree)).isTrue();
        assertThat(checkpoint.matches(MerkleTree.EMPTY.upTo(1000).plus("11".repeat(32))))
                .isFalse();
    }

    @Test
    void anotherKeysSignatureIsNone() {
        Note note = SigningKey.of("penstock/a1", SigningKey.draw()).sign(Checkpoint.of("a1", tree, TIME));
        assertThat(key.verifier().signed(note)).isFalse();
    }

    @Test
    void aFileHoldsManyAndATornLastOneIsLeftOut() {
        StringBuilder file = new StringBuilder();
        for (int size = 1; size <= 3; size++) {
            file.append('\n')
                    .append(key.sign(Checkpoint.of("a1", MerkleTree.EMPTY.upTo(size), TIME))
                            .form());
        }
        List<Note> all = Note.all(file.toString());
        assertThat(all).hasSize(3);
        assertThat(all).allMatch(key.verifier()::signed);
        assertThat(Note.all(file.substring(0, file.length() - 150))).hasSize(2);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThatThrownBy(() -> VerifierKey.parse("penstock/a1+00000000+AAAA"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
        assertThatThrownBy(() -> SigningKey.of("penstock/a1", "nonsense")).isInstanceOf(IllegalArgumentException.class);
    }
}
