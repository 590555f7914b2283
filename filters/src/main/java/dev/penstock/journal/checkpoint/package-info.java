/**
 * Signed statements of what a journal was: C2SP's tlog-checkpoint in a signed note.
 *
 * <p>Whoever keeps one can prove later that not a single record before it was changed, dropped or added. The surprising thing: the
 * key lies beside the records, so it proves nothing against somebody who owns the machine. What does is that the note was taken
 * away before: a journal that was written anew does not have its root.
 */
@NullMarked
package dev.penstock.journal.checkpoint;

import org.jspecify.annotations.NullMarked;
