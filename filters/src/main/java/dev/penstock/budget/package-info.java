/**
 * Daily and monthly budgets that cannot be overspent: money is held before an attempt leaves and settled when the call is over.
 *
 * <p>What is held is the most that the attempt can cost, so a budget is never passed, however many callers come at once. The
 * surprising thing: nothing here writes to a disk. What is held and what was charged stands in the audit records, and the
 * state after a start is a fold over them. Where several instances count in one Redis, that is still so: an end counts in the
 * fold when Redis has confirmed it, and a Redis that lost its data is told from there (docs/adr/0010).
 */
@NullMarked
package dev.penstock.budget;

import org.jspecify.annotations.NullMarked;
