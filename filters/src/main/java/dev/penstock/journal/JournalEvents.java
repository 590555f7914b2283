package dev.penstock.journal;

import dev.penstock.journal.segment.Damage;

/** What an operator should hear of. Called on the journal's own threads; must be quick and must not throw. */
public interface JournalEvents {

    /** Something that was durable is not as it was written; found on opening or in the background. */
    default void damaged(Damage damage) {}

    /** The state changed. */
    default void changed(JournalView.State state, String reason) {}

    /** A fold threw, or a snapshot could not be written: the records are safe, the next start reads more of them. */
    default void failed(String what, Throwable failure) {}
}
