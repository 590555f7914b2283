package dev.penstock.journal;

import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.tree.MerkleTree;
import java.io.IOException;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;

/** Where records become durable. Thread-safe. */
public interface Journal extends AutoCloseable {

    /**
     * Hands over the record; it must not be changed after. Never blocks.
     *
     * <p>The future completes when the record is durable, on the writer's thread: what hangs on it must be quick. It fails with
     * a {@link JournalException} and the record is then not in the journal, with one exception: what was
     * being written when the process died or the disk failed may be found at the next start. A {@link Room.Kind#CLOSING closing} record is not failed for want of room
     * or of a working disk: it waits until it lands, or until the journal is closed.
     */
    CompletableFuture<Position> append(Entry entry);

    /** How it is now. */
    JournalView view();

    /** The records, up to the last durable one at the time of each read: what is written and may yet be lost is not shown. */
    Segments segments();

    /** The tree over all durable records; cheap, any thread. */
    MerkleTree tree();

    /**
     * Deletes a segment, not the last; what proves the rest of the journal is kept of it. Reads it on the caller's thread; one
     * caller at a time.
     *
     * @param first its first record
     * @param marks sizes of checkpoints that shall stay comparable
     * @return false when it stays: a start needs it, it is damaged, or there is no such segment
     */
    boolean forget(long first, SortedSet<Long> marks) throws IOException;

    /** Takes no more, makes durable what waits, writes a snapshot and lets the directory go. */
    @Override
    void close();
}
