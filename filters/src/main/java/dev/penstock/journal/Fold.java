package dev.penstock.journal;

import tools.jackson.databind.node.ObjectNode;

/**
 * State that follows from the records alone, such as what a budget has spent. The journal keeps it over restarts: in snapshots,
 * and by telling the records since. Called on one thread at a time, by {@code open} first, then by the writer.
 */
public interface Fold {

    /** Names its part of a snapshot; stays the same over versions. */
    String name();

    /**
     * Learns of a durable record, each once and in order, before the record's future completes. Must be quick and must not
     * throw. On recovery the record also has {@code chain}, {@code seq} and {@code prev}.
     */
    void apply(long seq, ObjectNode record);

    /** The state, in a tree that does not change after. */
    ObjectNode snapshot();

    /** Takes on a state that {@link #snapshot} gave; an empty object when a snapshot did not know this fold. */
    void restore(ObjectNode snapshot);
}
