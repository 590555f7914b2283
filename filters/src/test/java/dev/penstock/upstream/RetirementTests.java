package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.node.ObjectNode;

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

    @Test
    void aKeyWhoseFileHoldsAnotherSecretIsRetiredWithTheOneInUse() throws IOException {
        Path main = Files.writeString(folder.resolve("main"), "upk-1");
        room.serve("[ { id: main, file: " + main + " }, { id: spare, value: upk-3 } ]");
        Files.writeString(main, "upk-bad");
        room.desk.retire("first", "main").join();
        room.keys.tick();
        assertThat(room.active()).containsExactly("spare upk-3");
        room.good.add("upk-2");
        Files.writeString(main, "upk-2");
        room.until(() -> room.active().contains("main upk-2"));
        room.keys.tick();
        assertThat(room.active()).as("a later secret is not retired").contains("main upk-2");
    }

    @Test
    void aKeyThatIsRetiredAgainStaysRetiredWithTheSecretsOfTheFirstTime() throws IOException {
        Path main = Files.writeString(folder.resolve("main"), "upk-1");
        String keys = "[ { id: main, file: " + main + " }, { id: spare, value: upk-3 } ]";
        room.serve(keys);
        Files.writeString(main, "upk-2");
        room.desk.retire("first", "main").join();
        room.close();
        Files.writeString(main, "upk-4");
        room = new KeyRoom(folder);
        room.serve(keys);
        assertThat(room.active()).containsExactly("main upk-4", "spare upk-3");
        room.desk.retire("first", "main").join();
        ObjectNode document = room.register.all().get("first/main");
        assertThat(List.of("upk-1", "upk-2", "upk-4"))
                .allMatch(secret -> Retired.names(document, new Credential("main", secret).fingerprint()));
    }

    @Test
    void theOldestSecretsOfARetiredKeyAreForgotten() {
        room.serve(TWO);
        room.register
                .change("first/main", before -> {
                    ObjectNode document = retired("main", "upk-0", "2026-01-01T00:00:00Z");
                    IntStream.range(0, 40)
                            .forEach(i -> document.withArray("fingerprints").add("f" + i));
                    return document;
                })
                .join();
        room.desk.retire("first", "main").join();
        ObjectNode document = room.register.all().get("first/main");
        assertThat(document.path("fingerprints").size()).isEqualTo(16);
        assertThat(List.of("f39", new Credential("main", "upk-1").fingerprint()))
                .allMatch(secret -> Retired.names(document, secret));
    }

    @Test
    void ofTwoThatAreRetiredAtOnceOneStays() {
        room.serve(TWO);
        CompletableFuture<Void> both = new CompletableFuture<>();
        room.keys.thread().execute(both::join);
        List<CompletableFuture<ObjectNode>> retired =
                List.of(room.desk.retire("first", "main"), room.desk.retire("first", "spare"));
        both.complete(null);
        assertThat(retired.get(0).join().path("state").asString()).isEqualTo("retired");
        assertThatThrownBy(retired.get(1)::join).hasMessageContaining("is the last active key");
        room.keys.tick();
        assertThat(room.active()).containsExactly("spare upk-3");
    }

    private static ObjectNode retired(String id, String secret, String when) {
        return Json.object()
                .put("provider", "first")
                .put("id", id)
                .put("declared", true)
                .put("fingerprint", new Credential(id, secret).fingerprint())
                .put("state", "retired")
                .put("retired", when);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofSeveralTheOneThatWasRetiredLastStaysInAnyOrder(boolean turned) {
        Provider provider = room.serve(TWO);
        List<ObjectNode> own = new ArrayList<>(List.of(
                retired("main", "upk-1", "2026-01-02T00:00:00Z"), retired("spare", "upk-3", "2026-01-01T00:00:00Z")));
        if (turned) {
            Collections.reverse(own);
        }
        new Retirement(room.keys.givenUp()).of(provider, own);
        assertThat(room.active()).containsExactly("main upk-1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsGivenUpIsNotTheOneThatStays(boolean turned) {
        room.register
                .change(
                        "first/spare",
                        before -> GivenUp.listed(
                                Json.object().put("provider", "first").put("id", "spare"),
                                new Credential("spare", "upk-3"),
                                true))
                .join();
        CompletableFuture.runAsync(() -> {}, room.keys.thread()).join();
        Provider provider = room.serveKey("other", "upk-4");
        provider.keys().activate(new Credential("main", "upk-1"), "other");
        provider.keys().activate(new Credential("spare", "upk-3"), "");
        List<ObjectNode> own = new ArrayList<>(List.of(
                retired("main", "upk-1", "2026-01-01T00:00:00Z"), retired("spare", "upk-3", "2026-01-02T00:00:00Z")));
        if (turned) {
            Collections.reverse(own);
        }
        new Retirement(room.keys.givenUp()).of(provider, own);
        assertThat(room.active()).containsExactly("main upk-1");
    }
}
