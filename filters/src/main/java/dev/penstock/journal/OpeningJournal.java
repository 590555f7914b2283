package dev.penstock.journal;

import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.tree.MerkleTree;
import java.io.IOException;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A journal that opens beside the rest of the start: recovery reads the disk while the application reads its classes. */
public final class OpeningJournal implements Journal {

    private final CompletableFuture<Journal> opened;

    /** {@code open} runs on a thread of its own, at once. */
    public OpeningJournal(Supplier<Journal> open) {
        this.opened = CompletableFuture.supplyAsync(open, task -> {
            Thread thread = new Thread(task, "penstock-journal-open");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /**
     * Waits until it is open. Only for the start.
     *
     * @throws JournalException when it could not be opened
     */
    public Journal opened() {
        try {
            return opened.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException why ? why : failure;
        }
    }

    @Override
    public CompletableFuture<Position> append(Entry entry) {
        return opened.isDone() ? opened().append(entry) : opened.thenCompose(journal -> journal.append(entry));
    }

    @Override
    public JournalView view() {
        return opened().view();
    }

    @Override
    public Segments segments() {
        return opened().segments();
    }

    @Override
    public MerkleTree tree() {
        return opened().tree();
    }

    @Override
    public boolean forget(long first, SortedSet<Long> marks) throws IOException {
        return opened().forget(first, marks);
    }

    @Override
    public void close() {
        if (!opened.isCompletedExceptionally()) {
            try {
                opened().close();
            } catch (Exception failure) {
                throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
            }
        }
    }
}
