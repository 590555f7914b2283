package dev.penstock.audit.content;

import dev.penstock.core.Digests;
import dev.penstock.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads texts back. Reads the disk on the caller's thread. */
public final class ContentReader {

    private static final String CONTENT = "content";

    private final Path folder;
    private final @Nullable ContentKeys keys;

    /** {@code keys} is null where no master key is at hand: then nothing but hashes can be looked at. */
    ContentReader(Path data, @Nullable ContentKeys keys) {
        this.folder = data.resolve(ContentStore.FOLDER);
        this.keys = keys;
    }

    /** For a command, beside no gateway or a running one. */
    public static ContentReader of(Path data, Optional<MasterKey> master) {
        return new ContentReader(
                data,
                master.map(key -> new ContentKeys(data, key, Clock.systemUTC())).orElse(null));
    }

    /** What became of a text. */
    public enum State {
        READABLE,
        /** The service's key was dropped. */
        ERASED,
        /** Its file was deleted, by rule or by hand. */
        DELETED,
        /** It is not what the record says. */
        ALTERED,
        /** There is no master key here. */
        SEALED
    }

    /** A text of a record, with what it is of: {@code sent} or {@code answer}. */
    public record Content(String of, State state, String text) {

        public ObjectNode json() {
            ObjectNode json =
                    Json.object().put("of", of).put("state", state.name().toLowerCase(java.util.Locale.ROOT));
            return state == State.READABLE ? json.put("text", text) : json;
        }
    }

    /** The text that this record speaks of; empty when it has none. */
    public Optional<Content> of(JsonNode record) {
        for (String of : new String[] {"sent", "answer"}) {
            JsonNode place = record.path(of).path(CONTENT);
            if (place.isObject()) {
                String id = ContentId.of(record, of);
                return Optional.of(read(of, id, ContentPlace.of(place)));
            }
        }
        return Optional.empty();
    }

    private Content read(String of, String id, ContentPlace place) {
        Optional<byte[]> sealed = sealed(place);
        if (keys != null && keys.erased(place.key())) {
            return new Content(of, State.ERASED, "");
        }
        if (sealed.isEmpty()) {
            return new Content(of, State.DELETED, "");
        }
        if (!Digests.sha256(sealed.get()).equals(place.sha256())) {
            return new Content(of, State.ALTERED, "");
        }
        if (keys == null) {
            return new Content(of, State.SEALED, "");
        }
        return keys.find(place.key())
                .flatMap(aes -> aes.open(sealed.get(), id))
                .map(plain -> new Content(of, State.READABLE, new String(plain, StandardCharsets.UTF_8)))
                .orElse(new Content(of, State.ALTERED, ""));
    }

    private Optional<byte[]> sealed(ContentPlace place) {
        if (!place.file().matches("\\d{16}\\.content")) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(folder.resolve(place.file()), StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(place.bytes(), channel.size()));
            while (bytes.hasRemaining() && channel.read(bytes, place.offset() + bytes.position()) >= 0) {
                continue;
            }
            return Optional.of(java.util.Arrays.copyOf(bytes.array(), bytes.position()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
