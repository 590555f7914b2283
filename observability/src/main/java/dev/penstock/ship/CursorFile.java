package dev.penstock.ship;

import dev.penstock.core.Json;
import dev.penstock.journal.DataDirectory;
import dev.penstock.journal.segment.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Where a shipper's place is kept. Not thread-safe. */
final class CursorFile {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.audit");
    private static final String FOLDER = "shippers";

    private final Path file;

    CursorFile(Path data, String shipper) {
        this.file = data.resolve(FOLDER).resolve(shipper + ".json");
    }

    /** One that cannot be used is told; what was sent before is then sent again, and known again by {@code chain} and {@code seq}. */
    Cursor read(String chain, long newest) {
        try {
            JsonNode json = Json.LENIENT_DEPTH.read(Files.readAllBytes(file));
            Cursor cursor = new Cursor(
                    Json.string(json, "chain"),
                    Json.integer(json, "seq"),
                    new Place(Json.integer(json, "segment"), Json.integer(json, "offset")));
            if (cursor.chain().equals(chain) && cursor.seq() >= 0 && cursor.seq() <= newest) {
                return cursor;
            }
            LOG.error(
                    "{} says record {} of {} (expected: at most {} of {}): all records are sent again",
                    file,
                    cursor.seq(),
                    cursor.chain(),
                    newest,
                    chain);
        } catch (NoSuchFileException first) {
            LOG.debug("{} begins", file);
        } catch (IOException | JacksonException unreadable) {
            LOG.error("{} cannot be read ({}): all records are sent again", file, unreadable.toString());
        }
        return Cursor.none(chain);
    }

    /** Durable when this returns. */
    void write(Cursor cursor) throws IOException {
        if (!Files.isDirectory(file.getParent())) {
            Files.createDirectories(file.getParent());
        }
        DataDirectory.replace(
                file,
                Json.LENIENT_DEPTH.write(Json.object()
                        .put("chain", cursor.chain())
                        .put("seq", cursor.seq())
                        .put("segment", cursor.next().segment())
                        .put("offset", cursor.next().offset())));
    }
}
