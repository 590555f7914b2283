/**
 * Daily and monthly budgets that cannot be overspent: money is held before an attempt leaves and settled when the call is over.
 *
 * <p>What is held is the most that the attempt can cost, so a budget is never passed, however many callers come at once. The
 * surprising thing: nothing here writes to a disk. What is held and what was charged stands in the audit records, and the
 * state after a start is a fold over them.
 */
@NullMarked
package dev.penstock.budget;

import org.jspecify.annotations.NullMarked;
