package dev.penstock.journal.embedded;

import dev.penstock.journal.JournalEvents;
import dev.penstock.journal.JournalView.State;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The thread's loop: batch after batch; once a second a look at the disk, and another try after a fault. */
final class Writer implements Runnable {

    private final Inbox inbox;
    private final Commit commit;
    private final Store store;
    private final SnapshotSchedule snapshots;
    private final Space space;
    private final JournalEvents events;
    private final LongSupplier nanos;
    private final long probeEvery;
    private final Runnable afterwards;

    private @Nullable Fault fault;
    private long looked;

    /** Why nothing but closing records is taken; null when all is well. */
    private volatile @Nullable Fault stop;

    private volatile boolean closing;
    private volatile boolean over;

    Writer(
            Inbox inbox,
            Commit commit,
            Store store,
            SnapshotSchedule snapshots,
            Space space,
            JournalEvents events,
            LongSupplier nanos,
            long probeEvery,
            Runnable afterwards) {
        this.inbox = inbox;
        this.commit = commit;
        this.store = store;
        this.snapshots = snapshots;
        this.space = space;
        this.events = events;
        this.nanos = nanos;
        this.probeEvery = probeEvery;
        this.afterwards = afterwards;
        this.looked = nanos.getAsLong();
        publish();
    }

    @Override
    public void run() {
        try {
            while (!closing || !(commit.idle() || fault != null)) {
                step();
            }
            land();
        } catch (Throwable bug) {
            events.failed("journal's writer", bug);
        } finally {
            end();
        }
    }

    private void end() {
        closing = true;
        over = true;
        commit.abandon();
        try {
            snapshots.finish(commit);
        } finally {
            afterwards.run();
        }
    }

    /** What a fault holds back and yet fits. */
    private void land() {
        boolean more = true;
        while (more) {
            more = store.writable() && commits();
        }
    }

    private void step() {
        long now = nanos.getAsLong();
        if (now - looked >= probeEvery) {
            looked = now;
            look();
        }
        Fault current = fault;
        if (current != null) {
            commit.shed(current);
        }
        if (!(store.writable() && commits())) {
            inbox.await(Math.max(1, probeEvery - (nanos.getAsLong() - looked)));
        }
        snapshots.look(commit, now);
    }

    /** True when it may be asked again at once. */
    private boolean commits() {
        try {
            return commit.next();
        } catch (IOException failure) {
            broke("writing", failure);
            return false;
        }
    }

    private void look() {
        space.look();
        if (fault != null) {
            try {
                if (store.heal(commit.chain().seq() + 1)) {
                    fault = null;
                }
            } catch (IOException failure) {
                broke("trying again", failure);
            }
        }
        publish();
    }

    private void broke(String doing, IOException failure) {
        fault = Fault.of(doing, failure);
        publish();
        commit.shed(fault);
    }

    private void publish() {
        Fault now = fault == null ? space.lack() : fault;
        Fault before = stop;
        stop = now;
        State state = now == null ? State.OK : now.state();
        if (state != (before == null ? State.OK : before.state())) {
            events.changed(state, now == null ? "" : now.reason());
        }
    }

    @Nullable
    Fault stop() {
        return stop;
    }

    boolean closing() {
        return closing;
    }

    /** Nothing that is offered from now on is taken. */
    boolean over() {
        return over;
    }

    void close() {
        closing = true;
        inbox.wake();
    }
}
