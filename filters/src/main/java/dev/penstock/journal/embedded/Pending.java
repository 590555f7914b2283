package dev.penstock.journal.embedded;

import dev.penstock.journal.Entry;
import dev.penstock.journal.JournalException;
import dev.penstock.journal.Position;
import dev.penstock.journal.Room;
import java.util.concurrent.CompletableFuture;

/**
 * A record on its way.
 *
 * @param bytes that it weighs in the queue, estimated
 */
record Pending(Entry entry, long bytes, CompletableFuture<Position> future) {

    static Pending of(Entry entry) {
        return new Pending(entry, Weight.of(entry.record()), new CompletableFuture<>());
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
