package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.credential.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of keys that are changed in routes.yml while the gateway runs. */
class KeyChangeTests {

    @TempDir
    private Path folder;

    private KeyRoom room;

    @BeforeEach
    void open() {
        room = new KeyRoom(folder);
        room.good.add("upk-1");
        room.good.add("upk-2");
    }

    @AfterEach
    void close() {
        room.close();
    }

    private String staged() {
        return room.view().path("staged").path("tested").path("verdict").asString("");
    }

    private String kept() {
        try {
            return Files.readString(folder.resolve("provider-keys.json"));
        } catch (IOException none) {
            return "";
        }
    }

    @Test
    void aChangedValueIsTestedBeforeItIsUsed() {
        room.serveKey("main", "upk-1");
        room.serveKey("main", "upk-2");
        assertThat(room.active()).containsExactly("main upk-1");
        room.until(() -> room.active().contains("main upk-2"));
        assertThat(room.active()).as("the old one drains").containsExactly("main upk-2");
        assertThat(room.records).isNotEmpty();
    }

    @Test
    void aBadValueNeverBecomesActiveAndIsTold() {
        room.serveKey("main", "upk-1");
        room.serveKey("main", "upk-bad");
        room.until(() -> staged().equals("refused"));
        assertThat(room.active()).containsExactly("main upk-1");
        room.serveKey("main", "upk-2");
        room.until(() -> room.active().equals(List.of("main upk-2")));
    }

    @Test
    void aConfigurationThatComesBackDoesNotBringItsOldKeyUntested() {
        room.serveKey("main", "upk-1");
        room.serveKey("main", "upk-2");
        room.until(() -> room.active().equals(List.of("main upk-2")));
        room.good.remove("upk-1");
        room.serveKey("main", "upk-1");
        room.until(() -> staged().equals("refused"));
        assertThat(room.active()).containsExactly("main upk-2");
    }

    @Test
    void aKeyUnderAnotherIdStandsInUntilTheNewOneIsTested() {
        room.serveKey("main", "upk-1");
        room.serveKey("other", "upk-2");
        assertThat(room.active()).containsExactly("main upk-1");
        room.until(() -> room.active().equals(List.of("other upk-2")));
    }

    @Test
    void aKeyIsTakenAsItStandsWhereNothingElseIsKnown() {
        room.serveKey("main", "upk-bad");
        assertThat(room.active()).as("at the start").containsExactly("main upk-bad");
        room.serveKey("main", "upk-1");
        room.serve("[ { id: main, value: upk-1 } ]", "concurrency: 7");
        assertThat(room.active())
                .as("a change beside an untested key leaves it so")
                .containsExactly("main upk-bad");
        room.until(() -> room.active().equals(List.of("main upk-1")));
    }

    @Test
    void aKeyWhoseSecretIsKnownNeedsNoTestUnderAnotherId() {
        room.serveKey("main", "upk-1");
        room.serveKey("renamed", "upk-1");
        assertThat(room.active()).containsExactly("renamed upk-1");
        assertThat(room.records).isEmpty();
    }

    @Test
    void aFileContentThatWasRolledBackIsRememberedAcrossAStart() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "upk-1");
        String config = "[ { id: main, file: " + file + " } ]";
        Provider provider = room.serve(config);
        Files.writeString(file, "upk-2");
        room.until(() -> room.active().equals(List.of("main upk-2")));
        Credential failing = new Credential("main", "upk-2");
        provider.keys().leaves(failing);
        provider.keys().back(failing, true);
        assertThat(room.active()).containsExactly("main upk-1");
        room.until(() -> room.view().path("staged").path("problem").asString("").contains("rolled back"));
        assertThat(room.events).isNotEmpty();
        room.until(() -> kept().contains("given_up"));
        room.close();
        room = new KeyRoom(folder);
        room.serve(config);
        assertThat(room.active()).as("there is no other one").containsExactly("main upk-2");
        assertThat(room.view().path("rolled_back").asBoolean()).isTrue();
    }
}
