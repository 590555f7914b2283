package dev.penstock.journal.embedded;

import dev.penstock.core.TreeBytes;
import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalException;
import dev.penstock.journal.Position;
import dev.penstock.journal.Room;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A record on its way. It is written as JSON by the thread that made it, which has its tree at hand; the writer would fetch it from memory again.
 *
 * @param json the record; empty where it cannot be written
 * @param unwritable why it cannot
 */
record Pending(Entry entry, byte[] json, @Nullable String unwritable, CompletableFuture<Position> future) {

    private static final byte[] NOTHING = {};

    static Pending of(Entry entry) {
        CompletableFuture<Position> future = new CompletableFuture<>();
        try {
            return new Pending(entry, TreeBytes.of(entry.record()), null, future);
        } catch (JacksonException notJson) {
            return new Pending(entry, NOTHING, notJson.getOriginalMessage(), future);
        }
    }

    /** What it weighs in the queue. */
    long bytes() {
        return json.length;
    }

    boolean closing() {
        return entry.room().kind() == Room.Kind.CLOSING;
    }

    /** What it asks to be kept for the record that will close it. */
    long reserves() {
        return entry.room().kind() == Room.Kind.OPENING ? entry.room().bytes() : 0;
    }

    /** What it gives back of that. */
    long returns() {
        return closing() ? entry.room().bytes() : 0;
    }

    void fail(JournalException.Reason reason, String message) {
        future.completeExceptionally(new JournalException(reason, message));
    }
}
