package dev.penstock.audit.trail;

import dev.penstock.core.Json;
import dev.penstock.journal.Fold;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** When the next checkpoint is due. The journal's thread counts, one other waits. */
final class CheckpointPace implements Fold {

    private final Duration every;
    private final long records;
    private volatile long due = Long.MAX_VALUE;
    private volatile @Nullable Thread waiting;

    /** {@code every} so long or so many records, whichever comes first. */
    CheckpointPace(Duration every, long records) {
        this.every = every;
        this.records = records;
    }

    /** Returns when so many records are durable beyond {@code signed}, or the time is over. */
    void await(long signed) {
        waiting = Thread.currentThread();
        due = signed + records;
        LockSupport.parkNanos(this, every.toNanos());
    }

    @Override
    public String name() {
        return "checkpoints";
    }

    @Override
    public void apply(long seq, ObjectNode record) {
        if (seq >= due) {
            due = Long.MAX_VALUE;
            LockSupport.unpark(waiting);
        }
    }

    @Override
    public ObjectNode snapshot() {
        return Json.object();
    }

    @Override
    public void restore(ObjectNode snapshot) {
        // nothing follows from the records but the file that holds the checkpoints
    }
}
