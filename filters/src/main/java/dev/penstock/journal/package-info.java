/**
 * The append-only log that audit and embedded budgets stand on: group-committed, hash-chained, recovered from snapshots.
 *
 * <p>One thread writes. It takes what waits, writes it, forces it to the disk once, tells the {@link dev.penstock.journal.Fold
 * folds} and completes the futures; while it forces, the next batch gathers, so no record waits for a timer. Each record names
 * the hash of the one before. The chain is the instance's and goes on over boots: a chain per boot could lose its newest boot
 * unseen, one chain cannot lose its middle. The surprising thing: an opening record reserves the room of the record that will
 * close it, so that a full disk stops new work and never the account of work that was done.
 */
@NullMarked
package dev.penstock.journal;

import org.jspecify.annotations.NullMarked;
