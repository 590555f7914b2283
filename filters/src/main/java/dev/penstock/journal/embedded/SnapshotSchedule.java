package dev.penstock.journal.embedded;

import dev.penstock.journal.JournalConfig;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Decides when a snapshot is due; takes it on the writer's thread, between two batches, and writes it on another. */
final class SnapshotSchedule {

    private final Snapshots snapshots;
    private final Folds folds;
    private final JournalConfig config;
    private final Executor elsewhere;
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private long takenAt;
    private long takenRecords;
    private volatile boolean behind;

    /** {@code replayed} records are behind the last snapshot. */
    SnapshotSchedule(
            Snapshots snapshots, Folds folds, JournalConfig config, Executor elsewhere, long replayed, long now) {
        this.snapshots = snapshots;
        this.folds = folds;
        this.config = config;
        this.elsewhere = elsewhere;
        this.takenRecords = -replayed;
        this.takenAt = now;
    }

    void look(Commit commit, long now) {
        long since = commit.records() - takenRecords;
        boolean due = since >= config.limits().snapshotRecords()
                || now - takenAt >= config.limits().snapshotEvery().toNanos();
        if (due && writing.isDone() && (since > 0 || behind)) {
            takenAt = now;
            takenRecords = commit.records();
            take(commit).ifPresent(snapshot -> writing = CompletableFuture.runAsync(() -> save(snapshot), elsewhere));
        }
    }

    /** The last one, at the end; on this thread. */
    void finish(Commit commit) {
        writing.join();
        if (commit.records() > takenRecords || behind) {
            take(commit).ifPresent(this::save);
        }
    }

    private Optional<Snapshot> take(Commit commit) {
        try {
            return Optional.of(new Snapshot(commit.chain(), commit.last(), commit.tree(), folds.snapshot()));
        } catch (RuntimeException bug) {
            folds.events().failed("a fold's snapshot", bug);
            return Optional.empty();
        }
    }

    private void save(Snapshot snapshot) {
        try {
            snapshots.save(snapshot);
            behind = false;
        } catch (IOException failure) {
            behind = true;
            folds.events().failed("snapshot at record " + snapshot.chain().seq(), failure);
        }
    }
}
