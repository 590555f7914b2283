package dev.penstock.audit;

import dev.penstock.core.Json;
import dev.penstock.journal.Entry;
import dev.penstock.journal.Journal;
import dev.penstock.journal.JournalException;
import dev.penstock.journal.JournalView;
import dev.penstock.journal.Position;
import dev.penstock.journal.segment.Segments;
import dev.penstock.journal.tree.MerkleTree;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/** A journal whose disk is the test: records become durable at once, when the test says so, or not at all. */
final class Shelf implements Journal {

    private final List<ObjectNode> durable = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private boolean slow;
    private boolean broken;

    @Override
    public CompletableFuture<Position> append(Entry entry) {
        CompletableFuture<Position> future = new CompletableFuture<>();
        entries.add(entry);
        if (broken) {
            future.completeExceptionally(new JournalException(JournalException.Reason.DISK, "no space"));
        } else if (slow) {
            waiting.add(() -> land(entry, future));
        } else {
            land(entry, future);
        }
        return future;
    }

    private void land(Entry entry, CompletableFuture<Position> future) {
        if (broken) {
            future.completeExceptionally(new JournalException(JournalException.Reason.DISK, "no space"));
            return;
        }
        durable.add((ObjectNode) Json.LENIENT_DEPTH.read(Json.LENIENT_DEPTH.write(entry.record())));
        future.complete(new Position("chain", durable.size(), ""));
    }

    Shelf slow() {
        slow = true;
        return this;
    }

    void broken(boolean now) {
        broken = now;
    }

    /** What waited becomes durable, or fails when it is broken by now. */
    void force() {
        slow = false;
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    List<ObjectNode> records() {
        return durable;
    }

    /** Whether what was offered of this type was in a hurry. */
    List<Boolean> awaited(String type) {
        return entries.stream()
                .filter(entry -> Json.string(entry.record(), "type").equals(type))
                .map(Entry::awaited)
                .toList();
    }

    List<String> types() {
        return durable.stream().map(record -> Json.string(record, "type")).toList();
    }

    ObjectNode only(String type) {
        List<ObjectNode> found = durable.stream()
                .filter(record -> Json.string(record, "type").equals(type))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " records of type " + type + " (expected: 1) in " + types());
        }
        return found.get(0);
    }

    @Override
    public JournalView view() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Segments segments() {
        throw new UnsupportedOperationException();
    }

    @Override
    public MerkleTree tree() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean forget(long first, SortedSet<Long> marks) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
