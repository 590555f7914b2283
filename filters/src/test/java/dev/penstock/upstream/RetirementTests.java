package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests for {@link Retirement}: what another instance promoted and retired. */
@ExtendWith(OutputCaptureExtension.class)
class RetirementTests {

    private static final String TWO = "[ { id: main, value: upk-1 }, { id: spare, value: upk-3 } ]";

    @TempDir
    private Path folder;

    private KeyRoom room;

    @BeforeEach
    void open() {
        room = new KeyRoom(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Path file() {
        return folder.resolve("next-key");
    }

    private void promotedElsewhere() {
        String fingerprint = new Credential("next", "upk-2").fingerprint();
        room.register
                .change(
                        "first/next",
                        before -> Json.object()
                                .put("provider", "first")
                                .put("id", "next")
                                .put("file", file().toString())
                                .put("replaces", "main")
                                .put("fingerprint", fingerprint)
                                .put("state", "active"))
                .join();
        retiredElsewhere();
    }

    private void retiredElsewhere() {
        String fingerprint = new Credential("main", "upk-1").fingerprint();
        room.register
                .change(
                        "first/main",
                        before -> Json.object()
                                .put("provider", "first")
                                .put("id", "main")
                                .put("declared", true)
                                .put("fingerprint", fingerprint)
                                .put("state", "retired"))
                .join();
        room.keys.tick();
        room.keys.tick();
    }

    @Test
    void aKeyWhoseSuccessorCannotBeReadHereIsUsedUntilItCan(CapturedOutput output) throws IOException {
        room.serveKey("main", "upk-1");
        promotedElsewhere();
        assertThat(room.active()).containsExactly("main upk-1");
        assertThat(output.getAll())
                .containsOnlyOnce("key first/main was retired and is used here all the same: next took its place and")
                .doesNotContain("upk-1", "upk-2");
        Files.writeString(file(), "upk-2");
        room.until(() -> room.active().equals(List.of("next upk-2")));
    }

    @Test
    void whereAnotherIsLeftItGoesAndWhereNoneIsItStaysAfterARestartToo() {
        room.serve(TWO);
        promotedElsewhere();
        assertThat(room.active()).containsExactly("spare upk-3");
        room.close();
        room = new KeyRoom(folder);
        room.serveKey("main", "upk-1");
        assertThat(room.active()).containsExactly("main upk-1");
    }

    @Test
    void theLastKeyOfAnInstanceIsNotRetired(CapturedOutput output) {
        room.serveKey("main", "upk-1");
        retiredElsewhere();
        assertThat(room.active()).containsExactly("main upk-1");
        assertThat(output.getAll())
                .containsOnlyOnce("key first/main was retired and is used here all the same: there is no other");
    }

    @Test
    void aRetiredKeyThatNobodyNeedsGoes(CapturedOutput output) {
        room.serve(TWO);
        retiredElsewhere();
        assertThat(room.active()).containsExactly("spare upk-3");
        assertThat(output.getAll()).doesNotContain("all the same");
    }
}
