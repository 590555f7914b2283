package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.testing.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

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
        KeyRoom.refuse(provider, new Credential("main", "upk-2"));
        assertThat(room.active()).containsExactly("main upk-1");
        room.until(() -> room.view().path("staged").path("problem").asString("").contains("rolled back"));
        assertThat(room.events).isNotEmpty();
        room.until(() -> kept().contains("given_up"));
        room.close();
        room = new KeyRoom(folder);
        room.serve(config);
        assertThat(room.active()).as("there is no other one").containsExactly("main upk-2");
        assertThat(room.view().path("rolled_back").asBoolean()).isTrue();
        room.good.add("upk-2");
        JsonNode tested = room.desk.test("first", "main").join().path("tested");
        assertThat(tested.path("verdict").asString()).isEqualTo("good");
        assertThat(room.view().path("rolled_back").isMissingNode())
                .as("it may be tried again")
                .isTrue();
    }

    @Test
    void aKeyIdThatWasReplacedIsTheOneToGoBackTo() {
        room.serveKey("main", "upk-1");
        Provider provider = room.serveKey("other", "upk-2");
        room.until(() -> room.active().equals(List.of("other upk-2")));
        KeyRoom.refuse(provider, new Credential("other", "upk-2"));
        assertThat(room.active()).containsExactly("main upk-1");
    }

    @Test
    void aKeyThatIsNoLongerDeclaredDoesNotComeBackBesideADeclaredOne() {
        room.good.add("upk-3");
        room.serveKey("main", "upk-1");
        room.serveKey("other", "upk-2");
        room.until(() -> room.active().equals(List.of("other upk-2")));
        Provider provider = room.serve("[ { id: other, value: upk-2 }, { id: third, value: upk-3 } ]");
        room.until(() -> room.active().contains("third upk-3"));
        KeyRoom.refuse(provider, new Credential("other", "upk-2"));
        assertThat(room.active()).containsExactly("third upk-3");
    }

    @Test
    void aLookWhileAConfigurationComesIntoForceEndsNoTrial() throws IOException {
        String keys = "[ { id: main, value: upk-1 }, { id: spare, value: upk-3 } ]";
        room.serve(keys);
        String file = Files.writeString(folder.resolve("next"), "upk-2").toString();
        room.desk
                .stage("first", new ProviderDesk.Wanted("next", Json.object().put("file", file), "main"))
                .join();
        room.desk.promote("first", "next").join();
        room.until(() -> room.active().equals(List.of("spare upk-3", "next upk-2")));
        CompletableFuture.runAsync(() -> {}, room.keys.thread()).join();
        room.register.first(room.keys::tick);
        Provider after = room.serve(keys, "concurrency: 7");
        assertThat(room.active()).containsExactly("spare upk-3", "next upk-2");
        KeyRoom.refuse(after, new Credential("next", "upk-2"));
        assertThat(room.active()).contains("main upk-1").doesNotContain("next upk-2");
    }

    @Test
    void aTrialGoesOnOverAChangeBesideTheKeys() {
        room.serveKey("main", "upk-1");
        Provider before = room.serveKey("main", "upk-2");
        room.until(() -> room.active().equals(List.of("main upk-2")));
        Provider after = room.serve("[ { id: main, value: upk-2 } ]", "concurrency: 7");
        assertThat(after).isNotSameAs(before);
        KeyRoom.refuse(before, new Credential("main", "upk-2"));
        assertThat(room.active()).as("a request that began before").containsExactly("main upk-1");
        room.keys.tick();
        assertThat(room.active()).containsExactly("main upk-1");
    }

    @Test
    void anAnswerThatComesAfterTheKeyWasRetiredDoesNotTakeIt() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "upk-1");
        room.serve("[ { id: main, file: " + file + " }, { id: spare, value: upk-3 } ]");
        Files.writeString(file, "upk-2");
        CompletableFuture<Void> retired = new CompletableFuture<>();
        room.upstream.enqueue(late(retired));
        room.until(() -> !room.upstream.ledger().exchanges().isEmpty());
        room.desk.retire("first", "main").join();
        retired.complete(null);
        room.until(() -> room.keys.changes().staged("first", "main").isEmpty());
        CompletableFuture.runAsync(() -> IntStream.range(0, 20).forEach(i -> room.keys.tick()), room.keys.thread())
                .join();
        room.register.change("first/spare", before -> Json.object()).join();
        room.keys.tick();
        assertThat(room.active()).containsExactly("spare upk-3");
        assertThat(room.document("main").path("state").asString()).isEqualTo("retired");
    }

    @Test
    void anAnswerThatComesAfterAnotherConfigurationIsAskedForAgain() {
        room.serveKey("main", "upk-1");
        room.serveKey("main", "upk-2");
        CompletableFuture<Void> changed = new CompletableFuture<>();
        room.upstream.enqueue(late(changed));
        room.until(() -> !room.upstream.ledger().exchanges().isEmpty());
        room.serveKey("main", "upk-bad");
        changed.complete(null);
        room.until(() -> staged().equals("refused"));
        assertThat(room.active()).containsExactly("main upk-1");
    }

    private static Script late(CompletableFuture<Void> when) {
        return Script.empty()
                .waitFor(when)
                .status(200)
                .header("content-type", "application/json")
                .body("{\"data\":[]}");
    }
}
