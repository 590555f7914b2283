package dev.penstock.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.core.Json;
import dev.penstock.credential.Credential;
import dev.penstock.testing.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.node.ObjectNode;

/** Tests for {@link GivenUp}: keys that failed in use, here, at another instance or before the start. */
@ExtendWith(OutputCaptureExtension.class)
class GivenUpTests {

    private static final Credential FIRST = new Credential("main", "upk-1");
    private static final Credential SECOND = new Credential("main", "upk-2");
    private static final Credential NEXT = new Credential("next", "upk-2");

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

    private Path put(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String withSpare(Path file) {
        return "[ { id: main, file: " + file + " }, { id: spare, value: upk-3 } ]";
    }

    private String told(String id, String member) {
        return Json.string(room.document(id), member);
    }

    private static ObjectNode fresh(String id) {
        return Json.object().put("provider", "first").put("id", id);
    }

    private void givenUp(Credential key) {
        room.register
                .change("first/" + key.id(), before -> {
                    ObjectNode next = before == null ? fresh(key.id()) : before;
                    next.putArray("given_up").add(key.fingerprint());
                    return next;
                })
                .join();
    }

    @Test
    void theRegisterSaysWhichSecretIsBackOfAKeyThatItKeeps() throws IOException {
        Path file = put("key", "upk-1");
        Provider provider = room.serve(withSpare(file));
        room.desk.retire("first", "main").join();
        room.until(() -> room.active().equals(List.of("spare upk-3")));
        room.desk.promote("first", "main").join();
        room.until(() -> room.active().contains("main upk-1"));
        put("key", "upk-2");
        room.until(() -> room.active().contains("main upk-2"));
        room.until(() -> told("main", "fingerprint").equals(SECOND.fingerprint()));
        KeyRoom.refuse(provider, SECOND);
        room.until(() -> told("main", "fingerprint").equals(FIRST.fingerprint()));
        assertThat(room.active()).contains("main upk-1").doesNotContain("main upk-2");
        room.close();
        room = new KeyRoom(folder);
        room.serve(withSpare(file));
        room.keys.tick();
        room.keys.tick();
        assertThat(room.active()).containsExactly("spare upk-3");
    }

    @Test
    void aKeyThatWasGivenUpIsNotActivatedByTheRegister() throws IOException {
        Path file = put("key", "upk-2");
        room.serve(withSpare(file));
        room.register
                .change(
                        "first/main",
                        before -> fresh("main")
                                .put("declared", true)
                                .put("fingerprint", SECOND.fingerprint())
                                .put("state", "active"))
                .join();
        givenUp(SECOND);
        room.keys.tick();
        assertThat(room.active()).containsExactly("spare upk-3");
        room.keys.tick();
        assertThat(room.active()).containsExactly("spare upk-3");
    }

    @Test
    void anotherInstanceMayForgive() throws IOException {
        Path file = put("key", "upk-1");
        Provider provider = room.serve("[ { id: main, file: " + file + " } ]");
        put("key", "upk-2");
        room.until(() -> room.active().equals(List.of("main upk-2")));
        KeyRoom.refuse(provider, SECOND);
        room.until(() -> room.view().path("staged").path("problem").asString("").contains("rolled back"));
        room.until(() -> !room.document("main").path("given_up").isEmpty());
        room.register
                .change("first/main", before -> {
                    before.putArray("given_up");
                    return before;
                })
                .join();
        room.until(() -> room.active().equals(List.of("main upk-2")));
        assertThat(room.view().path("staged").isMissingNode()).isTrue();
    }

    @Test
    void whatAnotherInstanceGaveUpGoesHereWhereAnotherIsLeft() {
        room.serve("[ { id: main, value: upk-1 }, { id: spare, value: upk-3 } ]");
        givenUp(FIRST);
        room.keys.tick();
        assertThat(room.active()).containsExactly("spare upk-3");
    }

    @Test
    void whereNoOtherIsLeftItStaysAndThatIsToldOnce(CapturedOutput output) {
        room.serveKey("main", "upk-1");
        givenUp(FIRST);
        room.keys.tick();
        room.keys.tick();
        // the keys' own thread looks, too, and may be the one that tells it
        CompletableFuture.runAsync(() -> {}, room.keys.thread()).join();
        assertThat(room.active()).containsExactly("main upk-1");
        assertThat(output.getAll()).containsOnlyOnce("key first/main was rolled back before and is used all the same");
    }

    @Test
    void atAStartWhatFailedGoesBeforeWhatIsRetired() {
        room.register
                .change(
                        "first/main",
                        before -> fresh("main")
                                .put("declared", true)
                                .put("fingerprint", FIRST.fingerprint())
                                .put("state", "retired"))
                .join();
        givenUp(NEXT);
        room.serve("[ { id: main, value: upk-1 }, { id: next, value: upk-2 } ]");
        assertThat(room.active()).containsExactly("main upk-1");
    }

    @Test
    void onlyATestThatIsGoodForgives() {
        Credential bad = new Credential("main", "upk-bad");
        room.serveKey("main", "upk-bad");
        givenUp(bad);
        assertThat(room.desk
                        .test("first", "main")
                        .join()
                        .path("tested")
                        .path("verdict")
                        .asString())
                .isEqualTo("refused");
        assertThat(room.document("main").path("given_up").isEmpty()).isFalse();
        room.good.add("upk-bad");
        room.desk.test("first", "main").join();
        assertThat(room.document("main").path("given_up").isEmpty()).isTrue();
    }

    @Test
    void aRollBackThatTheRegisterDidNotTakeIsToldAgain() throws IOException {
        Provider provider = room.serve("[ { id: main, value: upk-1 }, { id: spare, value: upk-3 } ]");
        stageNext();
        room.desk.promote("first", "next").join();
        room.until(() -> room.active().equals(List.of("spare upk-3", "next upk-2")));
        room.register.away = true;
        KeyRoom.refuse(provider, NEXT);
        room.keys.tick();
        assertThat(room.active()).containsExactly("main upk-1", "spare upk-3");
        room.register.away = false;
        room.until(() ->
                told("next", "state").equals("retired") && told("main", "state").equals("active"));
        room.until(() -> room.document("next").path("given_up").size() == 1);
        assertThat(room.active()).containsExactly("main upk-1", "spare upk-3");
    }

    /** {@code next} took the place of {@code main}, failed, and the register does not know yet. */
    private void rolledBackWhileTheStoreWasAway() throws IOException {
        Provider provider = room.serve("[ { id: main, value: upk-1 }, { id: spare, value: upk-3 } ]");
        stageNext();
        room.desk.promote("first", "next").join();
        room.until(() -> room.active().equals(List.of("spare upk-3", "next upk-2")));
        room.register.away = true;
        KeyRoom.refuse(provider, NEXT);
    }

    private void elsewhere(String id, String state, String member) {
        elsewhere(id, state, member, 1);
    }

    /** @param ahead seconds that the clock there is ahead of the one here */
    private void elsewhere(String id, String state, String member, long ahead) {
        room.register
                .elsewhere()
                .change(
                        "first/" + id,
                        before -> before.put("state", state)
                                .put(member, Instant.now().plusSeconds(ahead).toString()))
                .join();
    }

    private void storeIsBack() {
        room.register.away = false;
        room.register.mute = false;
        room.until(() -> !room.keys.givenUp().isBack("first", FIRST));
    }

    @Test
    void aRollBackThatIsWrittenLateDoesNotUndoALaterPromotion() throws IOException {
        rolledBackWhileTheStoreWasAway();
        elsewhere("next", "active", "promoted");
        elsewhere("main", "retired", "retired");
        storeIsBack();
        assertThat(told("next", "state")).isEqualTo("active");
        assertThat(room.document("next").path("given_up").isEmpty()).isTrue();
        assertThat(told("main", "state")).isEqualTo("retired");
        room.until(() -> room.active().equals(List.of("spare upk-3", "next upk-2")));
    }

    @Test
    void aRollBackThatIsWrittenLateDoesNotUndoALaterPromotionByAClockThatIsBehind() throws IOException {
        rolledBackWhileTheStoreWasAway();
        elsewhere("next", "active", "promoted", -3600);
        elsewhere("main", "retired", "retired", -3600);
        storeIsBack();
        assertThat(told("next", "state")).isEqualTo("active");
        assertThat(room.document("next").path("given_up").isEmpty()).isTrue();
        assertThat(told("main", "state")).isEqualTo("retired");
    }

    @Test
    void aKeyFailsAlsoWhereTheClockOfWhoeverPromotedItIsAhead() throws IOException {
        Provider provider = room.serve("[ { id: main, value: upk-1 }, { id: spare, value: upk-3 } ]");
        stageNext();
        room.desk.promote("first", "next").join();
        elsewhere("next", "active", "promoted", 3600);
        elsewhere("main", "retired", "retired", 3600);
        room.until(() -> room.active().equals(List.of("spare upk-3", "next upk-2")));
        KeyRoom.refuse(provider, NEXT);
        storeIsBack();
        assertThat(room.document("next").path("given_up").size()).isEqualTo(1);
        assertThat(told("next", "state")).isEqualTo("retired");
        assertThat(told("main", "state")).isEqualTo("active");
        assertThat(room.active()).containsExactly("main upk-1", "spare upk-3");
    }

    /** It had written of the one that failed, and not yet of the one that is back. */
    @Test
    void aRollBackWhoseInstanceDiedIsFinishedByAnotherThatRolledBackTheSameKey() throws IOException {
        rolledBackWhileTheStoreWasAway();
        elsewhere("next", "retired", "rolled_back");
        storeIsBack();
        assertThat(told("next", "state")).isEqualTo("retired");
        assertThat(told("main", "state")).isEqualTo("active");
        assertThat(room.active()).containsExactly("main upk-1", "spare upk-3");
    }

    @Test
    void aRollBackOfBeforeItsPromotionBringsNoOtherBack() throws IOException {
        Provider provider = room.serve("[ { id: main, value: upk-1 }, { id: spare, value: upk-3 } ]");
        stageNext();
        elsewhere("next", "staged", "rolled_back", -3600);
        room.desk.promote("first", "next").join();
        room.until(() -> room.active().equals(List.of("spare upk-3", "next upk-2")));
        room.register.away = true;
        KeyRoom.refuse(provider, NEXT);
        elsewhere("next", "retired", "retired");
        storeIsBack();
        assertThat(told("main", "state")).isEqualTo("retired");
    }

    /** Another instance may fail it between the two. */
    @Test
    void whatItsPromotionRetiresOnlyAfterItFailedIsBackAllTheSame() throws IOException {
        Provider provider = room.serve("[ { id: main, value: upk-1 }, { id: spare, value: upk-3 } ]");
        stageNext();
        room.desk.promote("first", "next").join();
        room.until(() -> room.active().equals(List.of("spare upk-3", "next upk-2")));
        String retired = told("main", "retired");
        member("main", "retired", "");
        room.register.away = true;
        KeyRoom.refuse(provider, NEXT);
        member("main", "retired", retired);
        storeIsBack();
        assertThat(told("main", "state")).isEqualTo("active");
    }

    private void member(String id, String member, String value) {
        room.register
                .elsewhere()
                .change("first/" + id, before -> before.put(member, value))
                .join();
    }

    @Test
    void aRollBackThatIsWrittenLateDoesNotBringBackWhatWasRetiredSince() throws IOException {
        rolledBackWhileTheStoreWasAway();
        elsewhere("main", "retired", "retired");
        storeIsBack();
        assertThat(told("next", "state")).isEqualTo("retired");
        assertThat(room.document("next").path("given_up").size()).isEqualTo(1);
        assertThat(told("main", "state")).isEqualTo("retired");
    }

    @Test
    void aKeyThatAnAdministratorTookOutBringsNoOtherBackInTheRegister() throws IOException {
        rolledBackWhileTheStoreWasAway();
        elsewhere("next", "retired", "retired");
        storeIsBack();
        assertThat(room.document("next").path("given_up").size()).isEqualTo(1);
        assertThat(told("main", "state")).isEqualTo("retired");
    }

    @Test
    void aRollBackWhoseAnswerWasLostIsStillWrittenOfBoth() throws IOException {
        rolledBackWhileTheStoreWasAway();
        room.register.away = false;
        room.register.mute = true;
        room.until(() -> told("next", "state").equals("retired"));
        assertThat(told("main", "state")).isEqualTo("retired");
        storeIsBack();
        assertThat(told("main", "state")).isEqualTo("active");
        assertThat(room.active()).containsExactly("main upk-1", "spare upk-3");
    }

    @Test
    void whatAPromotionRetiresIsRetiredAtItsInstant() throws IOException {
        room.serve("[ { id: main, value: upk-1 }, { id: spare, value: upk-3 } ]");
        stageNext();
        room.desk.promote("first", "next").join();
        assertThat(told("main", "retired")).isNotEmpty().isEqualTo(told("next", "promoted"));
    }

    @Test
    void aRollBackIsNotForgottenWhereTheStoreDoesNotTakeThatItIsForgiven() throws IOException {
        rolledBackWhileTheStoreWasAway();
        assertThatThrownBy(room.keys.givenUp().forgive("first", NEXT)::join).hasMessageContaining("away");
        assertThat(room.keys.givenUp().is("first", NEXT)).isTrue();
        storeIsBack();
        assertThat(room.document("next").path("given_up").size()).isEqualTo(1);
    }

    @Test
    void whatIsForgivenIsNotToldAgain() throws IOException {
        rolledBackWhileTheStoreWasAway();
        room.register.away = false;
        room.keys.givenUp().forgive("first", NEXT).join();
        room.keys.tick();
        assertThat(room.keys.givenUp().is("first", NEXT)).isFalse();
        assertThat(room.document("next").path("given_up").isEmpty()).isTrue();
    }

    private void stageNext() throws IOException {
        ObjectNode reference = Json.object().put("file", put("next", "upk-2").toString());
        room.desk
                .stage("first", new ProviderDesk.Wanted("next", reference, "main"))
                .join();
    }

    /** The provider may refuse it before the one that it replaces is written down as retired. */
    @Test
    void aKeyThatFailsAtOnceRetiresNoOther() throws IOException {
        room.serve("[ { id: main, value: upk-1 }, { id: spare, value: upk-3 } ]");
        stageNext();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> refused = new CompletableFuture<>();
        room.upstream.enqueue(Script.empty()
                .tell(asked)
                .waitFor(refused)
                .status(200)
                .header("content-type", "application/json")
                .body("{\"data\":[]}"));
        CompletableFuture<ObjectNode> promoted = room.desk.promote("first", "next");
        asked.join();
        CompletableFuture<Void> held = new CompletableFuture<>();
        room.keys.thread().execute(held::join);
        refused.complete(null);
        room.until(() -> room.active().contains("next upk-2"));
        KeyRoom.refuse(room.keys.provider("first").orElseThrow(), NEXT);
        room.until(() -> told("next", "state").equals("retired"));
        held.complete(null);
        assertThatThrownBy(promoted::join).hasMessageContaining("failed in use and was rolled back");
        room.keys.tick();
        assertThat(room.active()).containsExactly("main upk-1", "spare upk-3");
        assertThat(told("main", "state")).isNotEqualTo("retired");
    }

    @Test
    void whoHearsOfANewSecretBeforeItTestedItDrainsTheOldOne() throws IOException {
        Path file = put("key", "upk-1");
        Provider provider = room.serve(withSpare(file));
        put("key", "upk-2");
        room.register
                .change(
                        "first/main",
                        before -> fresh("main")
                                .put("declared", true)
                                .put("fingerprint", SECOND.fingerprint())
                                .put("state", "active"))
                .join();
        room.keys.tick();
        assertThat(room.active()).containsExactly("spare upk-3", "main upk-2");
        KeyRoom.refuse(provider, SECOND);
        assertThat(room.active()).as("it is on trial").containsExactly("main upk-1", "spare upk-3");
    }
}
