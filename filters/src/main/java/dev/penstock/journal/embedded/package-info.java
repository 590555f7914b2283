/**
 * The journal in a directory of this machine: one writer's thread, one lock, segments and snapshots.
 *
 * <p>{@code EmbeddedJournal} is the door; {@code Inbox} is what waits, {@code Writer} the thread's loop, {@code Batch} what is
 * written at once, {@code Store} the two files that stand ready, {@code Recovery} the way back after a stop. The surprising
 * thing: the writer never tries again where a force has failed. The kernel may have dropped the pages and say "written" the next
 * time, so it goes on in the next segment, from the last record that is known to be durable.
 */
@NullMarked
package dev.penstock.journal.embedded;

import org.jspecify.annotations.NullMarked;
