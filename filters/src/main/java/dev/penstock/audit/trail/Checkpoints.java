package dev.penstock.audit.trail;

import dev.penstock.journal.Journal;
import dev.penstock.journal.checkpoint.Checkpoint;
import dev.penstock.journal.checkpoint.Note;
import dev.penstock.journal.checkpoint.SigningKey;
import dev.penstock.journal.checkpoint.VerifierKey;
import dev.penstock.journal.tree.MerkleTree;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs what the journal is, whenever it has grown and a checkpoint is due, and gives it away. A thread of its own. */
public final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("penstock.audit");
    private static final long CLOSE_MILLIS = 5_000;

    private final Journal journal;
    private final String chain;
    private final SigningKey key;
    private final CheckpointFile file;
    private final CheckpointPace pace;
    private final Clock clock;
    private final List<Consumer<Note>> takers;
    private final Thread thread = new Thread(this::run, "penstock-checkpoints");
    private volatile boolean closing;
    private @Nullable Note last;
    private long signed;
    private boolean failing;

    /** {@code takers} must be quick. */
    Checkpoints(
            Journal journal,
            String chain,
            SigningKey key,
            CheckpointFile file,
            CheckpointPace pace,
            Clock clock,
            List<Consumer<Note>> takers) {
        this.journal = journal;
        this.chain = chain;
        this.key = key;
        this.file = file;
        this.pace = pace;
        this.clock = clock;
        this.takers = takers;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closing) {
            pace.await(size());
            sign();
        }
    }

    private synchronized long size() {
        return signed;
    }

    /** A bug or a disk that fails must not end the schedule. */
    private void sign() {
        try {
            now();
        } catch (RuntimeException bug) {
            LOG.error("a checkpoint failed", bug);
        }
    }

    /** The newest, signed now where the journal has grown; empty while it has no record. Waits for the disk. */
    public synchronized Optional<Note> now() {
        MerkleTree tree = journal.tree();
        if (tree.size() > signed) {
            Note note = key.sign(Checkpoint.of(chain, tree, clock.instant()));
            keep(note);
            last = note;
            signed = tree.size();
            takers.forEach(taker -> give(note, taker));
        }
        return Optional.ofNullable(last);
    }

    /** One that cannot take it yet, as while a start fails, keeps nothing from the others. */
    private static void give(Note note, Consumer<Note> taker) {
        try {
            taker.accept(note);
        } catch (RuntimeException refused) {
            LOG.debug("a checkpoint was not taken", refused);
        }
    }

    private void keep(Note note) {
        try {
            file.add(note);
            failing = false;
        } catch (IOException failure) {
            if (!failing) {
                LOG.error("the file of checkpoints takes none: {}", failure.toString());
            }
            failing = true;
        }
    }

    /** What verifies them. */
    public VerifierKey key() {
        return key.verifier();
    }

    /** Those that were kept here; reads the disk. */
    public CheckpointFile file() {
        return file;
    }

    /** Signs the last one; nothing where the start failed. */
    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        sign();
    }
}
