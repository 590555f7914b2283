package dev.penstock.journal.embedded;

import dev.penstock.journal.Entry;
import dev.penstock.journal.Fold;
import dev.penstock.journal.Journal;
import dev.penstock.journal.JournalConfig;
import dev.penstock.journal.JournalException;
import dev.penstock.journal.JournalException.Reason;
import dev.penstock.journal.JournalView;
import dev.penstock.journal.JournalView.State;
import dev.penstock.journal.Position;
import dev.penstock.journal.segment.Deletion;
import dev.penstock.journal.segment.Deletions;
import dev.penstock.journal.segment.Disk;
import dev.penstock.journal.segment.RealDisk;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.tree.MerkleTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A journal in a directory of its own. */
public final class EmbeddedJournal implements Journal {

    private final Opened parts;

    private EmbeddedJournal(Opened parts) {
        this.parts = parts;
    }

    /**
     * Opens the journal, or begins it. The folds are restored from the last snapshot and have been told the records since. One
     * that begins lays out its first segment after it is open; the first record waits for that.
     *
     * @throws JournalException when another process has it open, when it is damaged, or when its files cannot be read or opened
     */
    public static EmbeddedJournal open(JournalConfig config, List<Fold> folds) {
        return open(config, folds, new RealDisk());
    }

    /** On a disk of the caller's own. */
    public static EmbeddedJournal open(JournalConfig config, List<Fold> folds, Disk disk) {
        try {
            EmbeddedJournal journal = new EmbeddedJournal(Opened.of(config, folds, disk));
            journal.parts.notes().forEach(journal::append);
            return journal;
        } catch (IOException failure) {
            throw new JournalException(
                    Reason.DISK, "journal in " + config.directory() + " cannot be opened: " + failure, failure);
        }
    }

    @Override
    public CompletableFuture<Position> append(Entry entry) {
        Pending pending = Pending.of(entry);
        Fault stop = parts.writer().stop();
        if (parts.writer().closing()) {
            pending.fail(Reason.CLOSED, "journal is closed");
        } else if (stop != null && !pending.closing()) {
            pending.fail(Reason.DISK, stop.reason());
        } else {
            parts.inbox().offer(pending);
            if (parts.writer().over()) {
                parts.inbox().refuse(Reason.CLOSED, "journal is closed");
            }
        }
        return pending.future();
    }

    @Override
    public JournalView view() {
        Fault stop = parts.writer().stop();
        Commit commit = parts.commit();
        return new JournalView(
                state(stop),
                stop == null ? "" : stop.reason(),
                parts.inbox().bytes(),
                commit.records(),
                commit.chain().seq(),
                commit.reserved(),
                parts.store().fsync().view(),
                segments().firsts().size(),
                parts.space().usable(),
                parts.space().low(),
                parts.recoveryTook(),
                parts.alarm().rang());
    }

    private State state(@Nullable Fault stop) {
        if (parts.writer().closing()) {
            return State.CLOSED;
        }
        if (stop != null) {
            return stop.state();
        }
        return parts.inbox().standing() ? State.WAITING : State.OK;
    }

    @Override
    public Segments segments() {
        return parts.segments();
    }

    @Override
    public MerkleTree tree() {
        return parts.commit().tree();
    }

    /** A reader that is in the segment fails or goes on, as the file system has it. */
    @Override
    public boolean forget(long first, SortedSet<Long> marks) throws IOException {
        List<Long> firsts = segments().firsts();
        int at = firsts.indexOf(first);
        if (at < 0
                || at + 1 == firsts.size()
                || firsts.get(at + 1) > parts.snapshots().neededFrom()) {
            return false;
        }
        long next = Deletions.in(segments().directory()).ends(first, firsts.get(at + 1));
        Optional<Deletion> deletion = Deletions.of(segments(), first, next, marks);
        if (deletion.isEmpty()) {
            return false;
        }
        Deletions.add(segments().directory(), deletion.get(), parts.disk());
        Files.delete(segments().file(first));
        return true;
    }

    @Override
    public void close() {
        parts.close();
    }
}
