package dev.penstock.journal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.journal.tree.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

    /** A signature is whole but for these: what fills up its base64, and the line's end. */
    private static final int LAST = 2;

    private final SigningKey key = SigningKey.of("penstock/a1", SigningKey.draw());
    private final MerkleTree tree = MerkleTree.EMPTY.upTo(1000);
    private final Map<Integer, Note> notes = new HashMap<>();

    @Test
    void aNoteOfAnotherToolIsVerified() {
        Note note = Notes.of(FOREIGN).whole().get(0);
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
        Note read = Notes.of(note.form()).whole().get(0);
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
    void aFileHoldsManyAndATornLastOneIsLeftOutAndCounted() {
        String two = note(1).form() + "\n" + note(2).form();
        for (String third : cuts(note(3).form(), 1, LAST)) {
            Notes read = Notes.of(two + third);
            assertThat(read.whole()).as(third).containsExactly(note(1), note(2));
            assertThat(read.torn()).as(third).isEqualTo(1);
        }
        assertThat(Notes.of(two)).isEqualTo(new Notes(List.of(note(1), note(2)), 0, List.of()));
    }

    @Test
    void aNoteWithoutItsLastLineEndIsWhole() {
        String pasted = note(3).form().stripTrailing();
        assertThat(Notes.of(note(1).form() + pasted).whole()).containsExactly(note(1), note(3));
        assertThat(Notes.of(pasted.substring(0, pasted.length() - 1)).whole())
                .as("base64 without what fills it up")
                .hasSize(1)
                .allMatch(key.verifier()::signed);
    }

    /** An older gateway, or whoever appends what he is sent, writes behind what a full disk left. */
    @Test
    void aNoteThatIsTornInTheMiddleSpoilsNoneBeforeItAndNoneBehindIt() {
        for (String torn : cuts("\n" + note(2).form(), 2, LAST)) {
            Notes read = Notes.of("\n" + note(1).form() + torn + "\n" + note(3).form());
            assertThat(read.whole()).as(torn).containsExactly(note(1), note(3));
            assertThat(read.torn()).as(torn).isEqualTo(1);
        }
    }

    @Test
    void aFileThatBeginsInTheMiddleOfANoteHasTheOthers() {
        byte[] bytes = note(1).form().getBytes(StandardCharsets.UTF_8);
        for (int from = 1; from < bytes.length - 1; from++) {
            String file = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
            List<Note> whole = Notes.of(file + note(3).form()).whole();
            assertThat(whole).as(file).endsWith(note(3)).doesNotContain(note(1));
        }
    }

    @Test
    void aForgersSignatureIsNotTorn() {
        Note forged = SigningKey.of("penstock/a1", SigningKey.draw()).sign(Checkpoint.of("a1", tree, TIME));
        Notes read = Notes.of(forged.form() + note(1).form().replaceFirst("\n1\n", "\n7\n"));
        assertThat(read.torn()).isZero();
        assertThat(read.whole()).hasSize(2).noneMatch(key.verifier()::signed);
    }

    @Test
    void aCutSignatureBesideAWholeOneIsPassedOver() {
        String form = note(1).form();
        Notes read = Notes.of(form + "— witness AAAA");
        assertThat(read).isEqualTo(new Notes(List.of(note(1)), 0, List.of()));
        assertThat(key.verifier().signed(read.whole().get(0))).isTrue();
    }

    /** Its first so many bytes, as a text, for all from {@code least} to all but {@code most}. */
    private static List<String> cuts(String form, int least, int most) {
        byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(least, bytes.length - most)
                .mapToObj(length -> new String(bytes, 0, length, StandardCharsets.UTF_8))
                .toList();
    }

    private Note note(int size) {
        return notes.computeIfAbsent(size, it -> key.sign(Checkpoint.of("a1", MerkleTree.EMPTY.upTo(it), TIME)));
    }

    @Test
    void whatAKeyBeforeSignedIsSignedAndNothingElse() {
        SigningKey next = SigningKey.of("penstock/a1", SigningKey.draw()).after(key.verifier());
        SigningKey last = SigningKey.of("penstock/a1", SigningKey.draw()).after(next.verifier());
        Checkpoint checkpoint = Checkpoint.of("a1", tree, TIME);
        VerifierKey all = VerifierKey.parse(last.verifier().lines() + "\n");
        assertThat(all.lines().lines())
                .containsExactly(
                        last.verifier().text(),
                        next.verifier().text(),
                        key.verifier().text());
        assertThat(List.of(last.sign(checkpoint), next.sign(checkpoint), key.sign(checkpoint)))
                .allMatch(all::signed);
        assertThat(VerifierKey.parse(last.verifier().text()).signed(key.sign(checkpoint)))
                .isFalse();
        assertThat(last.after(all).verifier().lines()).as("no other key").isEqualTo(all.lines());
        assertThat(all.signed(SigningKey.of("penstock/a1", SigningKey.draw()).sign(checkpoint)))
                .isFalse();
    }

    @Test
    void aKeySignsForItsOwnJournalAlone() {
        SigningKey other = SigningKey.of("penstock/b2", SigningKey.draw());
        Checkpoint ours = Checkpoint.of("a1", tree, TIME);
        VerifierKey both = VerifierKey.parse(
                other.verifier().text() + "\n" + key.verifier().text());
        assertThat(both.signed(other.sign(ours))).isFalse();
        assertThat(both.signed(key.sign(Checkpoint.of("b2", tree, TIME)))).isFalse();
        assertThat(List.of(key.sign(ours), other.sign(Checkpoint.of("b2", tree, TIME))))
                .allMatch(both::signed);
        assertThat(both.named("penstock/a1").orElseThrow().lines())
                .isEqualTo(key.verifier().text());
        assertThat(both.named("penstock/c3")).isEmpty();
        assertThat(key.after(both).verifier().lines()).isEqualTo(key.verifier().text());
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThatThrownBy(() -> VerifierKey.parse("penstock/a1+00000000+AAAA"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
        assertThatThrownBy(() -> SigningKey.of("penstock/a1", "nonsense")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyWhoseNameCouldTellATerminalSomethingIsRefused() {
        for (String name : List.of("penstock/\u001b[2Ka1", "penstock/\u202ea1", "")) {
            VerifierKey odd = SigningKey.of(name, SigningKey.draw()).verifier();
            assertThatThrownBy(() -> VerifierKey.parse(odd.text())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatAnEditorPutsBeforeAKeyIsPassedOver() {
        String text = key.verifier().text();
        assertThat(VerifierKey.parse("\uFEFF" + text).text()).isEqualTo(text);
        assertThat(VerifierKey.readable("\uFEFF" + text, "penstock/a1")
                        .orElseThrow()
                        .text())
                .isEqualTo(text);
    }
}
