package dev.penstock.journal.embedded;

import dev.penstock.journal.JournalException.Reason;
import dev.penstock.journal.segment.Chain;
import dev.penstock.journal.segment.Frame;
import dev.penstock.journal.segment.Place;
import dev.penstock.journal.tree.MerkleTree;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Makes batches of what waits, and makes them durable. The writer's thread only, but for the figures. */
final class Commit {

    /** The chain's and the two braces: what a frame has beside the record's own JSON. */
    private static final int OVERHEAD = Frame.HEADER + 256;

    private final Inbox inbox;
    private final Store store;
    private final Folds folds;
    private final Batch batch;
    private final int largest;

    /** Records that go before what is in the inbox: the one a batch ended at, and closing ones that a fault sent back. */
    private final Deque<Pending> held = new ArrayDeque<>();

    private volatile Chain chain;
    private volatile Place last;
    private volatile MerkleTree tree;
    private volatile long reserved;
    private volatile long records;

    Commit(Inbox inbox, Store store, Folds folds, int recordBytes, Recovered recovered) {
        this.inbox = inbox;
        this.store = store;
        this.folds = folds;
        this.largest = recordBytes + OVERHEAD;
        this.batch = new Batch(largest - Frame.HEADER, recovered.chain());
        this.chain = recovered.chain();
        this.last = recovered.last();
        this.tree = recovered.tree();
    }

    /** One batch; false when there was nothing to do. */
    boolean next() throws IOException {
        if (held.isEmpty()) {
            inbox.gather();
        }
        batch.begin(chain);
        boolean moved = false;
        while (batch.hasRoom()) {
            Pending pending = held.isEmpty() ? inbox.poll() : held.poll();
            if (pending == null) {
                break;
            }
            moved = true;
            if (!take(pending)) {
                break;
            }
        }
        if (!batch.isEmpty()) {
            write();
        }
        return moved;
    }

    /** False when it must wait for the next batch. */
    private boolean take(Pending pending) throws IOException {
        if (pending.unwritable() != null) {
            refuse(pending, Reason.UNWRITABLE, "record is no JSON: " + pending.unwritable());
            return true;
        }
        int frame = batch.seal(pending);
        if (frame > largest) {
            refuse(pending, Reason.TOO_LARGE, "record of " + frame + " bytes (expected: at most " + largest + ")");
            return true;
        }
        if (fits(pending, frame)) {
            batch.accept(pending);
            reserved = Math.max(0, reserved + pending.reserves() - pending.returns());
            return true;
        }
        if (batch.isEmpty()) {
            makeRoom(pending, frame);
        } else {
            held.addFirst(pending);
        }
        return false;
    }

    /** In this segment; and, with what is kept for others, in this and the next. */
    private boolean fits(Pending pending, int frame) {
        return store.left() - batch.size() >= frame && (pending.closing() || spares(pending, frame));
    }

    private boolean spares(Pending pending, int frame) {
        return store.room(largest) - batch.size() - reserved >= frame + pending.reserves();
    }

    private void makeRoom(Pending pending, int frame) throws IOException {
        boolean reservedForOthers = store.spareReady() && !pending.closing() && !spares(pending, frame);
        if (reservedForOthers) {
            refuse(
                    pending,
                    Reason.FULL,
                    reserved + " bytes are reserved for closing records (expected: room for "
                            + (frame + pending.reserves()) + " more)");
            return;
        }
        held.addFirst(pending);
        store.awaitSpare();
        if (store.left() < frame) {
            store.roll(chain.seq() + 1);
        }
    }

    private void write() throws IOException {
        try {
            store.write(batch.bytes(), batch.size());
        } catch (IOException failure) {
            undo();
            throw failure;
        }
        Place end = store.end();
        last = new Place(end.segment(), end.offset() - batch.size() + batch.lastFrame());
        chain = batch.tip();
        List<Batch.Sealed> sealed = batch.sealed();
        grow(sealed);
        for (Batch.Sealed one : sealed) {
            folds.apply(one.position().seq(), one.pending().entry().record());
            inbox.left(one.pending());
            one.pending().future().complete(one.position());
        }
        records += sealed.size();
    }

    /** Before anybody is told of a record, it is in the tree. */
    private void grow(List<Batch.Sealed> sealed) {
        MerkleTree grown = tree;
        for (Batch.Sealed one : sealed) {
            grown = grown.plus(one.position().hash());
        }
        tree = grown;
    }

    /** Back to before the batch; its records are the first in line again. */
    private void undo() {
        List<Batch.Sealed> sealed = batch.sealed();
        for (int i = sealed.size() - 1; i >= 0; i--) {
            Pending pending = sealed.get(i).pending();
            reserved = Math.max(0, reserved - pending.reserves() + pending.returns());
            held.addFirst(pending);
        }
    }

    /** Fails what waits, but for closing records: these wait on. */
    void shed(Fault fault) {
        List<Pending> waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(pending -> keepOrFail(pending, fault));
        for (Pending pending = inbox.poll(); pending != null; pending = inbox.poll()) {
            keepOrFail(pending, fault);
        }
    }

    private void keepOrFail(Pending pending, Fault fault) {
        if (pending.closing()) {
            held.add(pending);
        } else {
            refuse(pending, Reason.DISK, fault.reason());
        }
    }

    private void refuse(Pending pending, Reason reason, String message) {
        inbox.left(pending);
        if (pending.closing()) {
            reserved = Math.max(0, reserved - pending.returns());
        }
        pending.fail(reason, message);
    }

    /** Fails all that waits, for good. */
    void abandon() {
        for (Pending pending = held.poll(); pending != null; pending = held.poll()) {
            refuse(pending, Reason.CLOSED, "journal was closed before the disk wrote again");
        }
        inbox.refuse(Reason.CLOSED, "journal is closed");
    }

    boolean idle() {
        return held.isEmpty() && inbox.isEmpty();
    }

    Chain chain() {
        return chain;
    }

    /** Over all durable records. */
    MerkleTree tree() {
        return tree;
    }

    /** Where the last record is; {@link Place#START} when there is none. */
    Place last() {
        return last;
    }

    long reserved() {
        return reserved;
    }

    long records() {
        return records;
    }
}
