package dev.penstock.audit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.audit.content.ContentReader.State;
import dev.penstock.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A text is read back by its own record, with the master key, until its service is erased. */
class ContentStoreTests {

    private static final String SECRET = "grüße canary-8812";

    @TempDir
    private Path data;

    private final MasterKey master = key("1f");

    @Test
    void aTextIsReadBackAndStandsNowhereInTheClear() throws IOException {
        ObjectNode record = kept("crm", "c1");
        assertThat(read(master, record)).isEqualTo(new ContentReader.Content("sent", State.READABLE, SECRET));
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("canary-8812");
            }
        }
    }

    @Test
    void aTextThatWasMovedToAnotherRecordDoesNotOpen() {
        ObjectNode record = kept("crm", "c1");
        record.put("intent", "c2#1");
        assertThat(read(master, record).state()).isEqualTo(State.ALTERED);
    }

    @Test
    void aTextThatWasChangedIsToldAsAltered() throws IOException {
        ObjectNode record = kept("crm", "c1");
        Path file =
                data.resolve("content").resolve(Json.string(record.path("sent").path("content"), "file"));
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        Files.write(file, bytes);
        assertThat(read(master, record).state()).isEqualTo(State.ALTERED);
        Files.delete(file);
        assertThat(read(master, record).state()).isEqualTo(State.DELETED);
    }

    @Test
    void erasingAServiceLeavesTheOthersAndItsTextsToCome() throws IOException {
        ObjectNode crm = kept("crm", "c1");
        ObjectNode shop = kept("shop", "c2");
        assertThat(new ContentKeys(data, master, Clock.systemUTC()).erase("crm"))
                .hasSize(1);
        assertThat(read(master, crm).state()).isEqualTo(State.ERASED);
        assertThat(read(master, shop).state()).isEqualTo(State.READABLE);
        assertThat(read(master, kept("crm", "c3")).state()).isEqualTo(State.READABLE);
        assertThat(read(master, crm).state()).isEqualTo(State.ERASED);
        assertThat(Files.readString(data.resolve("content-keys"))).contains("\"wrapped\":\"\"");
    }

    @Test
    void erasingAServiceTakesTheTextsThatStillWait() throws Exception {
        ObjectNode before = kept("crm", "c1");
        ObjectNode waiting = Json.object().put("call", "c2").put("intent", "c2#1");
        ContentKeys keys = new ContentKeys(data, master, Clock.systemUTC());
        try (ContentStore store = new ContentStore(data, keys, Clock.systemUTC())) {
            Contents contents = new Contents(data, Optional.of(keys), Optional.of(store));
            FutureTask<List<String>> erasing = new FutureTask<>(() -> {
                contents.settle();
                return contents.erase("crm");
            });
            Thread thread = new Thread(erasing);
            CompletableFuture<ContentPlace> place;
            synchronized (store) {
                place = store.keep("crm", ContentId.of(waiting, "sent"), SECRET.getBytes(StandardCharsets.UTF_8));
                thread.start();
                while (!erasing.isDone() && thread.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
            assertThat(erasing.get(20, TimeUnit.SECONDS)).hasSize(1);
            waiting.putObject("sent").set("content", place.join().json());
        }
        assertThat(read(master, before).state()).isEqualTo(State.ERASED);
        assertThat(read(master, waiting).state()).isEqualTo(State.ERASED);
    }

    @Test
    void aStoreThatIsClosedErasesToo() throws IOException {
        ContentKeys keys = new ContentKeys(data, master, Clock.systemUTC());
        ContentStore store = new ContentStore(data, keys, Clock.systemUTC());
        store.keep("crm", "c1/sent", new byte[1]).join();
        store.close();
        Contents contents = new Contents(data, Optional.of(keys), Optional.of(store));
        contents.settle();
        assertThat(contents.erase("crm")).hasSize(1);
    }

    @Test
    void anotherMasterKeyIsRefusedAndNoneShowsNothing() {
        ObjectNode record = kept("crm", "c1");
        assertThatThrownBy(() -> new ContentKeys(data, key("2e"), Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another master key");
        assertThat(ContentReader.of(data, Optional.empty())
                        .of(record)
                        .orElseThrow()
                        .state())
                .isEqualTo(State.SEALED);
        assertThatThrownBy(() -> MasterKey.of(name -> "short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PENSTOCK_CONTENT_KEY holds 5 characters", "64 hex digits")
                .hasMessageNotContaining("short");
    }

    @Test
    void manyAtOnceAreAllKeptAndWhatWouldBeTooMuchIsRefused() {
        ContentKeys keys = new ContentKeys(data, master, Clock.systemUTC());
        List<CompletableFuture<ContentPlace>> places = new ArrayList<>();
        try (ContentStore store = new ContentStore(data, keys, Clock.systemUTC())) {
            for (int i = 0; i < 500; i++) {
                places.add(store.keep("crm", "c" + i + "/sent", (SECRET + i).getBytes(StandardCharsets.UTF_8)));
            }
            assertThat(store.keep("crm", "large", new byte[65 << 20])).isCompletedExceptionally();
        }
        assertThat(places).allMatch(CompletableFuture::isDone);
        ContentReader reader = ContentReader.of(data, Optional.of(master));
        for (int i = 0; i < places.size(); i++) {
            ObjectNode record = Json.object().put("call", "x").put("intent", "c" + i);
            record.putObject("sent").set("content", places.get(i).join().json());
            assertThat(reader.of(record).orElseThrow().text()).isEqualTo(SECRET + i);
        }
    }

    private ObjectNode kept(String service, String call) {
        ObjectNode record = Json.object().put("call", call).put("intent", call + "#1");
        ContentKeys keys = new ContentKeys(data, master, Clock.systemUTC());
        try (ContentStore store = new ContentStore(data, keys, Clock.systemUTC())) {
            ContentPlace place = store.keep(
                            service, ContentId.of(record, "sent"), SECRET.getBytes(StandardCharsets.UTF_8))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
            record.putObject("sent").set("content", place.json());
        }
        return record;
    }

    private ContentReader.Content read(MasterKey key, ObjectNode record) {
        return ContentReader.of(data, Optional.of(key)).of(record).orElseThrow();
    }

    private static MasterKey key(String twoDigits) {
        return MasterKey.of(name -> name.equals("PENSTOCK_CONTENT_KEY") ? twoDigits.repeat(32) : null)
                .orElseThrow();
    }
}
